using System.Buffers.Binary;
using System.Text;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>One entry as the zip's directory declares it. <paramref name="At"/> is where its packed bytes begin.</summary>
internal sealed record ZipEntry(string Name, bool IsFolder, int At, int Packed, int Unpacked, bool IsStored, uint Checksum);

/// <summary>
/// Reads the directory of a zip (APPNOTE 6.3.10) strictly: one part, no encryption, no Zip64, no two entries that share bytes, and
/// each entry called the same in both places. What two programs could read differently is refused.
/// </summary>
internal static class ZipEntries
{
    private const int EndLength = 22;
    private const int DirectoryLength = 46;
    private const int HeaderLength = 30;
    private const uint EndMark = 0x06054b50;
    private const uint DirectoryMark = 0x02014b50;
    private const uint HeaderMark = 0x04034b50;
    private const ushort Encrypted = 0x0041;
    private const int Stored = 0;
    private const int Deflated = 8;
    private const uint KindOfFile = 0xF000;
    private const uint RegularFile = 0x8000;
    private const uint Folder = 0x4000;

    /// <exception cref="ZipRefusedException">It is no zip that is taken; the message says why.</exception>
    public static IReadOnlyList<ZipEntry> Read(ReadOnlySpan<byte> zip, ImportLimits limits)
    {
        var (count, start, end) = Directory(zip, limits);
        var entries = new List<ZipEntry>(count);
        var taken = new List<(int From, int To)>(count);
        var at = start;
        for (var i = 0; i < count; i++)
        {
            Need(at + DirectoryLength <= end && UInt(zip, at) == DirectoryMark, "its directory is broken");
            var (entry, from, length) = Entry(zip, at, start);
            entries.Add(entry);
            taken.Add((from, entry.At + entry.Packed));
            at += length;
            Need(at <= end, "its directory is broken");
        }

        Need(at == end, "its directory has more in it than it counts");
        taken.Sort();
        for (var i = 1; i < taken.Count; i++)
            Need(taken[i].From >= taken[i - 1].To, "two of its entries overlap");
        return entries;
    }

    private static (int Count, int Start, int End) Directory(ReadOnlySpan<byte> zip, ImportLimits limits)
    {
        var end = zip.Length - EndLength;
        while (end >= 0 && !(UInt(zip, end) == EndMark && end + EndLength + Short(zip, end + 20) == zip.Length))
            end--;
        Need(end >= 0, "it is not a zip, or only a part of one");
        Need(Short(zip, end + 4) == 0 && Short(zip, end + 6) == 0 && Short(zip, end + 8) == Short(zip, end + 10), "it is one of several parts");

        var count = Short(zip, end + 10);
        Need(count <= limits.Files, $"it has {count} entries, and {limits.Files} are the most");
        long start = UInt(zip, end + 16);
        Need(start + UInt(zip, end + 12) == end, "its directory is not where it should be");
        return (count, (int)start, end);
    }

    private static (ZipEntry Entry, int From, int Length) Entry(ReadOnlySpan<byte> zip, int at, int directory)
    {
        var nameLength = Short(zip, at + 28);
        var length = DirectoryLength + nameLength + Short(zip, at + 30) + Short(zip, at + 32);
        Need(at + DirectoryLength + nameLength <= zip.Length, "its directory is broken");
        var name = zip.Slice(at + DirectoryLength, nameLength);

        // Only plain letters are taken, which every encoding of names has in the same places; another byte shows as one that is refused.
        var text = Encoding.Latin1.GetString(name);
        var shown = BundlePath.Shown(text);
        Need((Short(zip, at + 8) & Encrypted) == 0, $"'{shown}' is encrypted");
        var method = Short(zip, at + 10);
        Need(method is Stored or Deflated, $"'{shown}' is packed in a way that is not taken; pack it as an ordinary zip");
        var kind = (UInt(zip, at + 38) >> 16) & KindOfFile;
        Need(kind is 0 or RegularFile or Folder, $"'{shown}' is a link or a device, and only files are taken");

        long packed = UInt(zip, at + 20), unpacked = UInt(zip, at + 24), header = UInt(zip, at + 42);
        Need(header + HeaderLength <= directory && UInt(zip, (int)header) == HeaderMark, $"'{shown}' is not where the directory says");
        Need((Short(zip, (int)header + 6) & Encrypted) == 0 && Short(zip, (int)header + 8) == method, $"'{shown}' is described in two ways");
        var localName = Short(zip, (int)header + 26);
        long data = header + HeaderLength + localName + Short(zip, (int)header + 28);
        Need(data + packed <= directory, $"'{shown}' is not where the directory says");
        Need(zip.Slice((int)header + HeaderLength, localName).SequenceEqual(name), $"'{shown}' is called differently in two places");
        Need(unpacked <= int.MaxValue && (method != Stored || packed == unpacked), $"'{shown}' has two sizes");

        var isFolder = text.EndsWith('/');
        Need(!isFolder || unpacked == 0, $"'{shown}' is a folder with content of its own");
        Need(isFolder == (kind == Folder) || kind == 0, $"'{shown}' is a folder and a file at once");
        return (new(text, isFolder, (int)data, (int)packed, (int)unpacked, method == Stored, UInt(zip, at + 16)), (int)header, length);
    }

    private static int Short(ReadOnlySpan<byte> zip, int at) => BinaryPrimitives.ReadUInt16LittleEndian(zip[at..]);

    private static uint UInt(ReadOnlySpan<byte> zip, int at) => BinaryPrimitives.ReadUInt32LittleEndian(zip[at..]);

    private static void Need(bool holds, string otherwise)
    {
        if (!holds)
            throw new ZipRefusedException(otherwise);
    }
}

/// <summary>Thrown and caught inside of <see cref="RunbookZip"/>.</summary>
internal sealed class ZipRefusedException(string message) : Exception(message);
