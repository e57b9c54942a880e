using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Channels;

/// <summary>A request's body as the bytes that were signed.</summary>
internal static class RawBody
{
    /// <summary>The whole body; none when it is longer than <paramref name="limit"/> bytes, of which no more is read.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return null;
        var body = new byte[request.ContentLength is { } length ? (int)length : Math.Min(limit, 16_384)];
        var read = 0;
        while (true)
        {
            if (read == body.Length)
            {
                if (request.ContentLength is not null)
                    return body;
                if (read > limit)
                    return null;
                Array.Resize(ref body, Math.Min(body.Length * 2, limit + 1));
            }

            var count = await request.Body.ReadAsync(body.AsMemory(read), cancellationToken);
            if (count == 0)
                return read > limit ? null : body[..read];
            read += count;
        }
    }
}
