using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.A2a;

/// <summary>Whether the agent is there, which version is spoken with it, and whether it knows the key.</summary>
internal sealed class A2aSelfCheck(A2aClient client) : RemoteSelfCheck(client, "card")
{
    protected override async Task ExamineAsync(List<CheckResult> results, CancellationToken cancellationToken)
    {
        var card = await client.ReadCardAsync(cancellationToken);
        results.Add(new("card", null, $"A2A {card.Version.Number} at {card.Url}"));
        await client.TryKeyAsync(card, cancellationToken);
        results.Add(KeyAccepted);
    }
}
