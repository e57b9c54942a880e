using System.Net;
using System.Net.Http.Headers;

namespace ItOps.Bot.Channels.Teams.Connector;

/// <summary>
/// A body that knows whether any of it was written to a connection: before that the request cannot have arrived, afterwards nobody can tell.
/// </summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly byte[] _json;

    public WatchedContent(byte[] json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        await stream.WriteAsync(_json, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
