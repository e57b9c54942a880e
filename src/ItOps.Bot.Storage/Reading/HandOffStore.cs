using ItOps.Bot.HandOffs;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class HandOffStore(Bodies bodies) : IHandOffStore
{
    private const string Confirmed = nameof(HandOffStatus.Confirmed);

    public Task<HandOffCase?> FindAsync(string id, CancellationToken cancellationToken) =>
        bodies.FindAsync<HandOffCase>(db => db.Set<HandOffRow>().Where(r => r.Id == id).Select(r => r.Body).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    public Task<HandOffCase?> ForRequestAsync(string requestId, CancellationToken cancellationToken) =>
        bodies.FindAsync<HandOffCase>(db => db.Set<HandOffRow>().Where(r => r.RequestId == requestId).Select(r => r.Body).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyList<HandOffCase>> OpenAsync(int take, CancellationToken cancellationToken) =>
        bodies.ListAsync<HandOffCase>(
            db => db.Set<HandOffRow>().Where(r => r.Status != Confirmed).OrderBy(r => r.OpenedAt).ThenBy(r => r.Id).Take(take).Select(r => r.Body), cancellationToken);

    public Task<IReadOnlyList<HandOffCase>> TicketsDueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken)
    {
        var before = now.UtcTicks;
        return bodies.ListAsync<HandOffCase>(
            db => db.Set<HandOffRow>().Where(r => r.TicketDueAt != null && r.TicketDueAt <= before).OrderBy(r => r.TicketDueAt).Take(take).Select(r => r.Body), cancellationToken);
    }
}
