using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>crypt(3) of the system's own library, which knows every kind of hash that the system's password file can hold.</summary>
internal static class CryptHash
{
    // struct crypt_data is 32 KiB in libxcrypt and 128 KiB in the older glibc.
    private const int DataSize = 256 * 1024;

    private static readonly CryptR? s_crypt = Load();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint CryptR([MarshalAs(UnmanagedType.LPUTF8Str)] string phrase, [MarshalAs(UnmanagedType.LPUTF8Str)] string setting, nint data);

    /// <summary>Whether the hash is of this password; none when the library or this kind of hash is not to be had.</summary>
    public static bool? Matches(string password, string hash)
    {
        if (s_crypt is null)
            return null;
        var data = Marshal.AllocHGlobal(DataSize);
        try
        {
            Clear(data);
            var found = Marshal.PtrToStringUTF8(s_crypt(password, hash, data));

            // A string that begins with * is crypt(3)'s word for failure, and can never be a hash.
            return found is null || found.StartsWith('*') ? null : CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(found), Encoding.UTF8.GetBytes(hash));
        }
        finally
        {
            Clear(data);
            Marshal.FreeHGlobal(data);
        }
    }

    private static void Clear(nint data) => Marshal.Copy(new byte[DataSize], 0, data, DataSize);

    private static CryptR? Load()
    {
        foreach (var library in new[] { "libcrypt.so.1", "libcrypt.so.2" })
        {
            if (NativeLibrary.TryLoad(library, out var handle) && NativeLibrary.TryGetExport(handle, "crypt_r", out var function))
                return Marshal.GetDelegateForFunctionPointer<CryptR>(function);
        }

        return null;
    }
}
