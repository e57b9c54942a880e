namespace ItOps.Bot.Channels.Teams.Connector;

/// <summary>One request to the connector, as bytes that can be sent again.</summary>
internal sealed record ConnectorCall(HttpMethod Method, Uri Address, byte[] Json)
{
    public ConnectorCall(HttpMethod method, Uri address, object body)
        : this(method, address, TeamsPayloads.Bytes(body))
    {
    }

    /// <summary>Doing it twice shows nobody anything twice.</summary>
    public bool IsHarmless { get; init; }
}
