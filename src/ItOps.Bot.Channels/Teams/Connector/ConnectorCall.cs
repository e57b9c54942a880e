namespace ItOps.Bot.Channels.Teams.Connector;

/// <summary>One request to the connector; what it carries is bytes that can be sent again.</summary>
internal sealed record ConnectorCall(HttpMethod Method, Uri Address)
{
    public ConnectorCall(HttpMethod method, Uri address, object body)
        : this(method, address) => Json = TeamsPayloads.Bytes(body);

    /// <summary>None when it only asks.</summary>
    public byte[]? Json { get; }

    /// <summary>Doing it twice shows nobody anything twice.</summary>
    public bool IsHarmless { get; init; }

    /// <summary>That it is not there is an answer, an empty one.</summary>
    public bool MayFindNothing { get; init; }
}
