using ItOps.Bot.Approvals;
using ItOps.Bot.People;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class DecisionStore(Database database, Bodies bodies) : IDecisionStore
{
    private const string Limited = nameof(DecisionKind.Limited);

    private static readonly Func<BotDbContext, string, long, Task<int>> s_countSince = EF.CompileAsyncQuery(
        (BotDbContext db, string person, long since) => db.Set<DecisionRow>().Count(r => r.Person == person && r.At >= since && r.Kind != Limited));

    public Task<int> CountSinceAsync(PersonId approver, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.ReadAsync(db => s_countSince(db, approver.Value, since.UtcTicks), cancellationToken);

    public Task<IReadOnlyList<DecisionRecord>> SinceAsync(DateTimeOffset since, int take, CancellationToken cancellationToken)
    {
        var from = since.UtcTicks;
        return bodies.ListAsync<DecisionRecord>(
            db => db.Set<DecisionRow>().Where(r => r.At >= from && r.Kind != Limited).OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(take).Select(r => r.Body),
            cancellationToken);
    }
}
