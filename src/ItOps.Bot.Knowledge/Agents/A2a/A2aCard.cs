using System.Text.Json;
using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.A2a;

/// <summary>What an agent's card says about how to talk to it: where, and in which version.</summary>
internal sealed record A2aCard(Uri Url, A2aVersion Version)
{
    public const string Path = ".well-known/agent-card.json";

    private const string JsonRpc = "JSONRPC";

    /// <summary>
    /// The newest version that both sides speak. Cards of 1.0 list interfaces, each with its version unless its author forgot it; a card of 0.3 names one at its top
    /// and others as additional ones. What it names must be of the origin that the settings name: a card is no reason to send messages elsewhere.
    /// </summary>
    /// <exception cref="AgentFailedException">Nothing in it can be used.</exception>
    public static A2aCard Read(JsonElement card, Uri configured)
    {
        var named = Listed(card).Concat(OnTop(card))
            .Select(i => (i.Address, Version: A2aVersion.Of(i.Version)))
            .Where(i => i.Version is not null)
            .OrderByDescending(i => i.Version!.IsCurrent)
            .ToList();
        if (named.Count == 0)
            throw new AgentFailedException(AgentFailure.Nonsense, "Its card offers neither A2A 1.0 nor 0.3 over JSON-RPC.");
        var (address, version) = named[0];
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme, url.Host, url.Port) == (configured.Scheme, configured.Host, configured.Port)
            ? new(url, version!)
            : throw new AgentFailedException(AgentFailure.Refused, "Its card names an address of another origin than its Url in the settings; let the card name the address at which the bot reaches it.");
    }

    private static IEnumerable<(string? Address, string? Version)> Listed(JsonElement card) => ((JsonElement?)card).Items("supportedInterfaces")
        .Where(i => i.Text("protocolBinding") == JsonRpc)
        .Select(i => (i.Text("url"), i.Text("protocolVersion") is { Length: > 0 } version ? (string?)version : A2aVersion.V1.Number));

    private static IEnumerable<(string? Address, string? Version)> OnTop(JsonElement card)
    {
        if ((card.Text("preferredTransport") ?? JsonRpc) == JsonRpc && card.Text("url") is { } url)
            yield return (url, card.Text("protocolVersion"));
        foreach (var other in ((JsonElement?)card).Items("additionalInterfaces").Where(i => i.Text("transport") == JsonRpc))
            yield return (other.Text("url"), card.Text("protocolVersion"));
    }
}
