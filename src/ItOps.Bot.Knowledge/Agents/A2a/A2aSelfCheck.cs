using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Agents.A2a;

/// <summary>Whether the agent is there, which version is spoken with it, and whether it knows the key.</summary>
internal sealed class A2aSelfCheck(A2aClient client) : ISelfCheck
{
    private readonly A2aOptions _options = client.Options;

    public string Name => _options.Remote.Framework;

    /// <summary>Without the agent the bot does its work all the same.</summary>
    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var section = _options.Remote.Section;
        var results = new List<CheckResult>();
        try
        {
            var card = await client.ReadCardAsync(cancellationToken);
            results.Add(new("card", null, $"A2A {card.Version.Number} at {card.Url}"));
            await client.TryKeyAsync(card, cancellationToken);
            results.Add(new("key", null, _options.Remote.Key is null ? "none set, and none asked for" : "accepted"));
        }
        catch (AgentFailedException e)
        {
            results.Add(new(e.Failure == AgentFailure.Refused ? "key" : "card", $"{e.Message} Check {section}:Url and Key."));
        }

        return results;
    }
}
