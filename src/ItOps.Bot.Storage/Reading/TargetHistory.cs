using ItOps.Bot.Assurance;
using ItOps.Bot.People;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class TargetHistory(Database database) : ITargetHistory
{
    public async Task<IReadOnlyList<TargetUse>> SinceAsync(PersonId owner, DateTimeOffset since, int take, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            db => db.Set<TargetUseRow>().Where(r => r.Owner == owner.Value && r.At > since.UtcTicks).OrderByDescending(r => r.At).Take(take).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. rows.Select(r => new TargetUse(r.RequestId, new(r.Owner), r.Operation, new(r.At, TimeSpan.Zero)))];
    }
}
