using System.Text;
using ItOps.Bot.Executors.Processes;

namespace ItOps.Bot.Executors.Tests.Processes;

public sealed class OutputReaderTests
{
    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("10%\r20%\rdone\n", "10%|20%|done")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("a\r\n\r\nb", "a||b")]
    [InlineData("no end", "no end")]
    [InlineData("", "")]
    public async Task Lines_end_in_every_usual_way_wherever_the_pieces_are_cut(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var piece = 1; piece <= Math.Max(1, bytes.Length); piece++)
        {
            var reader = new OutputReader(new OutputLimits(), null);
            await reader.ReadAsync(new PieceStream(bytes, piece), TestContext.Current.CancellationToken);
            Assert.Equal(expected, string.Join('|', reader.Lines));
        }
    }

    [Fact]
    public async Task A_character_that_is_cut_in_two_is_put_together()
    {
        var reader = new OutputReader(new OutputLimits(), null);
        await reader.ReadAsync(new PieceStream(Encoding.UTF8.GetBytes("grün 😭"), 1), TestContext.Current.CancellationToken);
        Assert.Equal(["grün 😭"], reader.Lines);
    }

    [Fact]
    public void Both_ends_are_kept_and_the_middle_is_counted()
    {
        var window = new OutputWindow(new OutputLimits(Head: 6, Tail: 6));
        var early = Enumerable.Range(0, 100).Count(i => window.Add($"{i:00}"));
        Assert.Equal(2, early);
        Assert.Equal(["00", "01", "… 96 lines left out …", "98", "99"], window.ToLines());
    }

    [Fact]
    public void Nothing_is_left_out_while_there_is_room()
    {
        var window = new OutputWindow(new OutputLimits(Head: 6, Tail: 6));
        foreach (var line in new[] { "00", "long line", "01" })
            window.Add(line);
        Assert.Equal(["00", "… 1 lines left out …", "01"], window.ToLines());
    }

    [Fact]
    public async Task Memory_stays_bounded_however_much_comes()
    {
        var reader = new OutputReader(new OutputLimits(), null);
        await reader.ReadAsync(new YesStream(40_000_000), TestContext.Current.CancellationToken);

        // Twenty million lines kept would be 640 MB; other tests use some of this at the same time.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 200_000_000);
        Assert.Equal("y", reader.Lines[^1]);
    }

    private sealed class YesStream(long length) : MemoryStream
    {
        private long _left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length / 2 * 2, _left);
            for (var i = 0; i < count; i += 2)
                (buffer.Span[i], buffer.Span[i + 1]) = ((byte)'y', (byte)'\n');
            _left -= count;
            return ValueTask.FromResult(count);
        }
    }

    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
