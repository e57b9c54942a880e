using ItOps.Bot.Auditing;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class AuditLog(Database database) : IAuditLog
{
    public IAsyncEnumerable<AuditRecord> ReadAsync(long fromSequence, CancellationToken cancellationToken) =>
        database.StreamAsync(db => db.Set<AuditRow>().Where(r => r.Sequence >= fromSequence).OrderBy(r => r.Sequence), cancellationToken)
            .Select(AuditRows.ToRecord);

    public Task<IReadOnlyList<AuditRecord>> SearchAsync(string? contains, int take, CancellationToken cancellationToken) =>
        RecordsAsync(
            rows => (string.IsNullOrWhiteSpace(contains)
                    ? rows
                    : rows.Where(r => r.Action.Contains(contains) || r.Actor.Contains(contains) || r.ActorName.Contains(contains)
                        || r.Subject.Contains(contains) || r.Facts.Contains(contains)))
                .OrderByDescending(r => r.Sequence)
                .Take(take),
            cancellationToken);

    public Task<IReadOnlyList<AuditRecord>> ForRequestAsync(string requestId, CancellationToken cancellationToken) =>
        RecordsAsync(rows => rows.Where(r => r.RequestId == requestId).OrderBy(r => r.Sequence), cancellationToken);

    public Task<AuditHead> HeadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(db => AuditRows.HeadAsync(db, cancellationToken), cancellationToken);

    private Task<IReadOnlyList<AuditRecord>> RecordsAsync(
        Func<IQueryable<AuditRow>, IQueryable<AuditRow>> which, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AuditRecord>>(
            async db =>
            {
                var rows = await which(db.Set<AuditRow>()).ToListAsync(cancellationToken);
                return rows.ConvertAll(AuditRows.ToRecord);
            },
            cancellationToken);
}
