using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Channels.Tests;

public sealed class RawBodyTests
{
    private const int Limit = 100_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(Limit - 1)]
    [InlineData(Limit)]
    public async Task What_was_sent_is_read_to_the_byte_with_its_length_announced_or_in_chunks(int length)
    {
        var sent = RandomNumberGenerator.GetBytes(length);

        Assert.Equal(sent, await ReadAsync(new Trickle(sent), length));
        Assert.Equal(sent, await ReadAsync(new Trickle(sent), null));
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_long_is_not_read_at_all()
    {
        var body = new Trickle(new byte[Limit + 1]);

        Assert.Null(await ReadAsync(body, Limit + 1));
        Assert.Equal(0, body.Position);
    }

    [Theory]
    [InlineData(Limit + 1)]
    [InlineData(Limit * 50)]
    public async Task A_body_that_turns_out_to_be_too_long_is_read_one_byte_beyond_the_limit_and_no_further(int length)
    {
        var body = new Trickle(new byte[length]);

        Assert.Null(await ReadAsync(body, null));
        Assert.Equal(Limit + 1, body.Position);
    }

    [Fact]
    public async Task A_sender_that_gives_up_ends_the_reading()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RawBody.ReadAsync(Request(new Trickle(new byte[10]), null), Limit, gone.Token));
    }

    private static Task<byte[]?> ReadAsync(Stream body, long? announced) => RawBody.ReadAsync(Request(body, announced), Limit, TestContext.Current.CancellationToken);

    private static HttpRequest Request(Stream body, long? announced)
    {
        var request = new DefaultHttpContext().Request;
        (request.Body, request.ContentLength) = (body, announced);
        return request;
    }

    /// <summary>Gives what it has as a network does: less than was asked for, and never the same amount twice.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content, writable: false)
    {
        private int _reads;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (++_reads * 977 % 8_000))], cancellationToken);
    }
}
