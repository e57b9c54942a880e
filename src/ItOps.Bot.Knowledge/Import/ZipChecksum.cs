namespace ItOps.Bot.Knowledge.Import;

/// <summary>CRC-32 as zips have it (reflected, polynomial 0xEDB88320).</summary>
internal static class ZipChecksum
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        var value = (uint)i;
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        return value;
    })];

    public static uint Of(ReadOnlySpan<byte> content)
    {
        var sum = uint.MaxValue;
        foreach (var b in content)
            sum = s_table[(sum ^ b) & 0xFF] ^ (sum >> 8);
        return ~sum;
    }
}
