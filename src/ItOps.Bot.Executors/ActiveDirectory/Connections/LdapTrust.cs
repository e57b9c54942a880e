using System.Diagnostics;
using System.DirectoryServices.Protocols;
using System.Runtime.InteropServices;

namespace ItOps.Bot.Executors.ActiveDirectory.Connections;

/// <summary>
/// Makes libldap validate. Outside Windows System.DirectoryServices.Protocols has no way to name a CA file (its directory of certificates does nothing where libldap
/// is built with GnuTLS, as in Debian), and libldap takes the rest from files and variables of the machine that may switch validation off. So the options are
/// set in libldap itself, where every connection that is opened afterwards takes them from.
/// </summary>
internal static class LdapTrust
{
    // ldap.h
    private const int NetworkTimeOut = 0x5005;
    private const int CaFile = 0x6002;
    private const int RequireCertificate = 0x6006;
    private const int MinimumProtocol = 0x6007;
    private const int NewContext = 0x600f;
    private const int Demand = 2;
    private const int Tls12 = 0x303;

    private static readonly string[] s_machineBundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];
    private static readonly Lock s_lock = new();
    private static readonly Lazy<SetOption> s_setOption = new(Load, LazyThreadSafetyMode.PublicationOnly);
    private static (string CaFile, TimeSpan TimeOut)? s_set;

    private delegate int SetOption(IntPtr connection, int option, IntPtr value);

    /// <summary>Opens a connection under these rules; one at a time, since the options are the process's.</summary>
    public static T Under<T>(string? caFile, TimeSpan timeOut, Func<T> open)
    {
        if (OperatingSystem.IsWindows())
            return open();
        lock (s_lock)
        {
            var wanted = (caFile ?? MachineBundle(), timeOut);
            if (s_set != wanted)
            {
                s_set = null;
                Apply(wanted.Item1, timeOut);
                s_set = wanted;
            }

            return open();
        }
    }

    private static string MachineBundle() => Array.Find(s_machineBundles, File.Exists)
        ?? throw new DirectoryUnavailableException("This machine has no bundle of trusted authorities, so no domain controller can be trusted; set Executors:ActiveDirectory:CaFile.");

    private static void Apply(string caFile, TimeSpan timeOut)
    {
        Set(NetworkTimeOut, "the time-out", [(long)timeOut.TotalSeconds, 0]);
        Set(RequireCertificate, "that certificates are required", [Demand]);
        Set(MinimumProtocol, "the oldest TLS version", [Tls12]);
        var path = Marshal.StringToCoTaskMemUTF8(caFile);
        try
        {
            Check(s_setOption.Value(IntPtr.Zero, CaFile, path), $"the authorities in {caFile}");
        }
        finally
        {
            Marshal.FreeCoTaskMem(path);
        }

        Set(NewContext, $"the authorities in {caFile}", [0]);
    }

    /// <summary>A number alone, or the seconds and microseconds of a time.</summary>
    private static void Set(int option, string what, long[] values)
    {
        var memory = Marshal.AllocHGlobal(values.Length * sizeof(long));
        try
        {
            Marshal.Copy(values, 0, memory, values.Length);
            Check(s_setOption.Value(IntPtr.Zero, option, memory), what);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    private static void Check(int result, string what)
    {
        if (result != 0)
            throw new DirectoryUnavailableException($"libldap does not take {what} (result {result}), so no connection is opened.");
    }

    /// <summary>The very library that System.DirectoryServices.Protocols has loaded, whatever its name is on this system.</summary>
    private static SetOption Load()
    {
        try
        {
            using var first = new LdapConnection("127.0.0.1");
            first.SessionOptions.ProtocolVersion = 3;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new DirectoryUnavailableException("libldap is not installed; install it (Debian: libldap-2.5-0 or libldap2)", e);
        }

        using var self = Process.GetCurrentProcess();
        foreach (ProcessModule module in self.Modules)
        {
            if (module.ModuleName.StartsWith("libldap", StringComparison.Ordinal))
                return Marshal.GetDelegateForFunctionPointer<SetOption>(NativeLibrary.GetExport(NativeLibrary.Load(module.FileName), "ldap_set_option"));
        }

        throw new DirectoryUnavailableException("libldap is not found among what is loaded, so that certificates cannot be validated");
    }
}
