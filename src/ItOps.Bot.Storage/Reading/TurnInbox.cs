using ItOps.Bot.Storage.Model;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Storage.Reading;

internal sealed class TurnInbox(Bodies bodies) : ITurnInbox
{
    public Task<IReadOnlyList<Turn>> UnhandledAsync(DateTimeOffset acceptedBefore, int take, CancellationToken cancellationToken)
    {
        var before = acceptedBefore.UtcTicks;
        return bodies.ListAsync<Turn>(
            db => db.Set<TurnRow>()
                .Where(r => !r.Handled && r.AcceptedAt < before).OrderBy(r => r.AcceptedAt).ThenBy(r => r.Id).Take(take).Select(r => r.Body),
            cancellationToken);
    }
}
