using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.HandOffs;

/// <summary>A hand-off as one person sees it.</summary>
public sealed record HandOffQueueItem(HandOffCase HandOff, Card Card);

/// <summary>The hand-offs that wait for a person's group, and one as one person may see it.</summary>
public sealed class HandOffQueue(IHandOffStore handOffs, IRequestStore requests, HandOffPresses presses, HandOffCards cards)
{
    private const int MostShown = 100;

    /// <summary>Oldest first, those that nobody has before the others; only what this person may take.</summary>
    public async Task<IReadOnlyList<HandOffQueueItem>> OpenForAsync(Principal person, CancellationToken cancellationToken)
    {
        var items = new List<HandOffQueueItem>();
        foreach (var handOff in await handOffs.OpenAsync(MostShown, cancellationToken))
        {
            if (await presses.ObstacleAsync(handOff, person, cancellationToken) is null && await requests.FindAsync(handOff.RequestId, cancellationToken) is { } request)
                items.Add(new(handOff, cards.ForGroup(request, handOff, await requests.StepsAsync(request.Id, cancellationToken))));
        }

        return [.. items.OrderBy(i => i.HandOff.Status)];
    }

    /// <summary>The card as this person sees it now; none when there is no such hand-off.</summary>
    public async Task<Card?> CardForAsync(Principal person, string id, CancellationToken cancellationToken)
    {
        if (await handOffs.FindAsync(id, cancellationToken) is not { } handOff || await requests.FindAsync(handOff.RequestId, cancellationToken) is not { } request)
            return null;
        var card = cards.ForGroup(request, handOff, await requests.StepsAsync(request.Id, cancellationToken));
        return await presses.ObstacleAsync(handOff, person, cancellationToken) is null ? card : card with { Buttons = [] };
    }

    /// <summary>The hand-off of a request; for whoever may see the request.</summary>
    public Task<HandOffCase?> OfRequestAsync(string requestId, CancellationToken cancellationToken) => handOffs.ForRequestAsync(requestId, cancellationToken);
}
