using System.IO.Compression;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>A zip's files, or why not one of them is taken. Reads declared sizes first, and never more than was declared.</summary>
internal static class RunbookZip
{
    // The first moment that the format can write.
    private static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static (IReadOnlyList<BundleFile> Files, IReadOnlyList<SourceProblem> Problems) Read(Stream stream, ImportLimits limits, string name = "bundle.zip")
    {
        try
        {
            var zip = Bounded(stream, limits.ZipBytes) ?? throw new ZipRefusedException($"it has more than {limits.ZipBytes / 1024} KiB");
            var entries = ZipEntries.Read(zip.Span, limits);
            var problems = Problems(entries, limits).ToList();
            var total = entries.Sum(e => (long)e.Unpacked);
            if (problems.Count == 0 && total > limits.TotalBytes)
                throw new ZipRefusedException($"unpacked it has {total / 1024} KiB, and {limits.TotalBytes / 1024} KiB are the most");
            return problems.Count > 0 ? ([], problems) : ([.. entries.Where(e => !e.IsFolder).Select(e => new BundleFile(e.Name, Unpack(zip, e)))], []);
        }
        catch (ZipRefusedException refused)
        {
            return ([], [new SourceProblem(name, 1, $"the zip is refused: {refused.Message}")]);
        }
        catch (InvalidDataException)
        {
            return ([], [new SourceProblem(name, 1, "the zip is refused: what is packed in it is broken")]);
        }
    }

    public static byte[] Write(IEnumerable<BundleFile> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry(file.Path, CompressionLevel.Optimal);
                entry.LastWriteTime = Always;
                entry.ExternalAttributes = 0;
                using var content = entry.Open();
                content.Write(file.Content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>None when there is more than allowed, of which one byte is read.</summary>
    private static ReadOnlyMemory<byte>? Bounded(Stream stream, int most)
    {
        var content = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, most + 1 - content.Length))) > 0;)
            content.Write(buffer, 0, read);
        return content.Length > most ? (ReadOnlyMemory<byte>?)null : content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private static IEnumerable<SourceProblem> Problems(IReadOnlyList<ZipEntry> entries, ImportLimits limits)
    {
        foreach (var entry in entries)
        {
            var refusal = BundlePath.Refusal(entry.IsFolder ? entry.Name[..^1] : entry.Name)
                ?? (entry.Unpacked > limits.FileBytes ? $"the file has {entry.Unpacked / 1024} KiB, and {limits.FileBytes / 1024} KiB are the most; shorten it" : null)
                ?? (entry.Unpacked / limits.Ratio > entry.Packed ? $"becomes more than {limits.Ratio} times larger when it is unpacked, which no runbook does" : null);
            if (refusal is not null)
                yield return new SourceProblem(BundlePath.Shown(entry.Name), 1, refusal);
        }
    }

    private static byte[] Unpack(ReadOnlyMemory<byte> zip, ZipEntry entry)
    {
        var packed = new MemoryStream(zip.Slice(entry.At, entry.Packed).ToArray(), writable: false);
        using Stream source = entry.IsStored ? packed : new DeflateStream(packed, CompressionMode.Decompress);
        var content = new byte[entry.Unpacked];
        var length = source.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (length < content.Length || source.ReadByte() >= 0)
            throw new ZipRefusedException($"'{entry.Name}' has another size than it declares");
        if (ZipChecksum.Of(content) != entry.Checksum)
            throw new ZipRefusedException($"'{entry.Name}' is damaged: its checksum differs");
        return content;
    }
}
