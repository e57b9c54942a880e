using System.Buffers.Binary;

namespace ItOps.Bot.Executors.ActiveDirectory.Queries;

/// <summary>Security identifiers as bytes (MS-DTYP 2.4.2.2).</summary>
internal static class SecurityId
{
    private const int HeadLength = 8;

    /// <summary>S-1-5-32-n: the groups that every domain has from the start.</summary>
    public static byte[] Builtin(uint relativeId) => Append([1, 1, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0], relativeId);

    /// <summary>The object of this number in the domain.</summary>
    public static byte[] InDomain(byte[] domain, uint relativeId) => Append(domain, relativeId);

    public static uint RelativeId(byte[] id) => BinaryPrimitives.ReadUInt32LittleEndian(id.AsSpan(^4));

    private static byte[] Append(byte[] head, uint relativeId)
    {
        var id = new byte[head.Length + 4];
        head.CopyTo(id, 0);
        id[1] = (byte)((id.Length - HeadLength) / 4);
        BinaryPrimitives.WriteUInt32LittleEndian(id.AsSpan(^4), relativeId);
        return id;
    }
}
