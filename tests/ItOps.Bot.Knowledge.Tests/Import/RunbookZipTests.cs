using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Import;

public sealed class RunbookZipTests
{
    private static readonly BundleFile[] Files = [Bundles.File("kitchen/a.md", "alpha"), Bundles.File("kitchen/a/scripts/b.sh", new string('b', 500))];

    [Fact]
    public void What_is_packed_is_unpacked_byte_for_byte()
    {
        var (files, problems) = Read(RunbookZip.Write(Files.Reverse()));

        Assert.Empty(problems);
        Assert.Equal(Files.Select(f => (f.Path, Encoding.UTF8.GetString(f.Content))), files.Select(f => (f.Path, Encoding.UTF8.GetString(f.Content))));
    }

    [Fact]
    public void The_same_files_make_the_same_zip() => Assert.Equal(RunbookZip.Write(Files), RunbookZip.Write(Files.Reverse()));

    [Fact]
    public void Folders_and_what_streams_write_behind_their_data_are_fine()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(new Forward(bytes), ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("kitchen/");
            using var stored = zip.CreateEntry("kitchen/a.md", CompressionLevel.NoCompression).Open();
            stored.Write("alpha"u8);
        }

        Assert.Equal(["kitchen/a.md"], Read(bytes.ToArray()).Files.Select(f => f.Path));
    }

    [Fact]
    public void A_bomb_is_refused_by_what_it_declares()
    {
        var bomb = RunbookZip.Write([new("kitchen/a.md", new byte[200 * 1024])]);
        Assert.True(bomb.Length < 1024);
        Assert.Contains("more than 100 times larger", Assert.Single(Problems(bomb)), StringComparison.Ordinal);

        var large = RunbookZip.Write([new("kitchen/a.md", new byte[50 * 1024 * 1024])]);
        Assert.Contains("kitchen/a.md:1: the file has 51200 KiB, and 256 KiB are the most", Assert.Single(Problems(large)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_that_declares_less_than_it_holds_is_refused_after_what_it_declared()
    {
        var bomb = RunbookZip.Write([new("kitchen/a.md", new byte[50 * 1024 * 1024])]);
        Directory(bomb, 24, 1_000);

        Assert.Contains("has another size than it declares", Assert.Single(Problems(bomb)), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_files_that_are_small_alone_are_refused_together()
    {
        var noise = new byte[200 * 1024];
        for (var i = 0; i < noise.Length; i++)
            noise[i] = (byte)((i * i) % 251);
        var zip = RunbookZip.Write(Enumerable.Range(0, 20).Select(i => new BundleFile($"kitchen/a{i}.md", noise)));

        Assert.Contains("unpacked it has 4000 KiB", Assert.Single(Problems(zip, ImportLimits.Default with { TotalBytes = 3 * 1024 * 1024, Ratio = 100_000 })), StringComparison.Ordinal);
        Assert.Contains("it has 20 entries, and 19 are the most", Assert.Single(Problems(zip, ImportLimits.Default with { Files = 19 })), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_stream_without_end_no_more_is_read_than_is_allowed()
    {
        var endless = new Endless();

        Assert.Contains("more than 8192 KiB", Assert.Single(RunbookZip.Read(endless, ImportLimits.Default).Problems).Message, StringComparison.Ordinal);
        Assert.Equal(ImportLimits.Default.ZipBytes + 1, endless.Given);
    }

    /// <summary>Whatever single byte is changed: it is refused, or the content is the same. Nothing is thrown and nothing else is unpacked.</summary>
    [Fact]
    public void No_changed_byte_changes_what_is_unpacked()
    {
        var whole = RunbookZip.Write(Files);
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var bit in (byte[])[0x01, 0x20, 0x80])
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= bit;
                var (files, problems) = Read(changed);
                if (problems.Count == 0)
                    Assert.Equal(Files.Select(f => Encoding.UTF8.GetString(f.Content)), files.Select(f => Encoding.UTF8.GetString(f.Content)));
            }
        }
    }

    [Fact]
    public void A_part_of_a_zip_is_refused()
    {
        var whole = RunbookZip.Write(Files);
        for (var length = 0; length < whole.Length; length++)
            Assert.NotEmpty(Problems(whole[..length]));
        Assert.NotEmpty(Problems("This is no zip at all."u8.ToArray()));
    }

    [Fact]
    public void Entries_that_share_their_bytes_are_refused()
    {
        var zip = RunbookZip.Write([new("kitchen/a.md", "alpha"u8.ToArray()), new("kitchen/b.md", "bravo"u8.ToArray())]);
        var second = At(zip, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(second + 42), 0);
        zip[second + 46 + 8] = (byte)'a';

        Assert.Contains("two of its entries overlap", Assert.Single(Problems(zip)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_with_two_names_is_refused()
    {
        var zip = RunbookZip.Write(Files);
        zip[30] = (byte)'K';

        Assert.Contains("is called differently in two places", Assert.Single(Problems(zip)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xA1FF)]
    [InlineData(0x21B6)]
    [InlineData(0x11B6)]
    public void Links_and_devices_are_refused(int mode)
    {
        var zip = RunbookZip.Write(Files);
        Directory(zip, 38, (uint)mode << 16);

        Assert.Contains("is a link or a device", Assert.Single(Problems(zip)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_encrypted_is_refused()
    {
        var zip = RunbookZip.Write(Files);
        zip[At(zip, 0) + 8] |= 1;

        Assert.Contains("is encrypted", Assert.Single(Problems(zip)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../../etc/cron.d/x.json")]
    [InlineData("kitchen/../../out/")]
    [InlineData("/etc/x.md")]
    [InlineData("..\\x.md")]
    [InlineData("C:\\x.md")]
    [InlineData("kitchen/x\0.md")]
    [InlineData("kitchen/\u00e9.md")]
    [InlineData("/")]
    public void Names_that_lead_elsewhere_are_refused_for_files_and_for_folders(string name)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry(name);
            using var good = zip.CreateEntry("kitchen/a.md").Open();
            good.Write("alpha"u8);
        }

        Assert.Single(Problems(bytes.ToArray()));
    }

    private static (IReadOnlyList<BundleFile> Files, IReadOnlyList<SourceProblem> Problems) Read(byte[] zip, ImportLimits? limits = null) =>
        RunbookZip.Read(new MemoryStream(zip), limits ?? ImportLimits.Default);

    private static IReadOnlyList<string> Problems(byte[] zip, ImportLimits? limits = null)
    {
        var (files, problems) = Read(zip, limits);
        Assert.Empty(files);
        return [.. problems.Select(p => p.ToString())];
    }

    /// <summary>Where the directory has its entry of this number.</summary>
    private static int At(ReadOnlySpan<byte> zip, int number)
    {
        var at = -1;
        for (var i = 0; i <= number; i++)
            at += 1 + zip[(at + 1)..].IndexOf("PK\u0001\u0002"u8);
        return at;
    }

    private static void Directory(byte[] zip, int field, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(At(zip, 0) + field), value);

    /// <summary>A stream that cannot go back, so that sizes are written behind the data.</summary>
    private sealed class Forward(Stream to) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => to.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => to.Write(buffer, offset, count);
    }

    /// <summary>Gives as much as it is asked for, and counts.</summary>
    private sealed class Endless : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
