using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Requests;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class RequestStore(Database database, Bodies bodies) : IRequestStore
{
    private const string Approved = nameof(RequestStatus.Approved);
    private const string Running = nameof(RequestStatus.Running);
    private const string Prepared = nameof(RequestStatus.Prepared);
    private const string Verifying = nameof(RequestStatus.Verifying);

    private static readonly Func<BotDbContext, string, Task<string?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string id) => db.Set<RequestRow>().Where(r => r.Id == id).Select(r => r.Body).FirstOrDefault());

    private static readonly Func<BotDbContext, string, long, Task<int>> s_countSince = EF.CompileAsyncQuery(
        (BotDbContext db, string who, long since) => db.Set<RequestRow>().Count(r => r.Requester == who && r.OpenedAt >= since && r.Status != Prepared));

    private static readonly Func<BotDbContext, string, IAsyncEnumerable<string>> s_steps = EF.CompileAsyncQuery(
        (BotDbContext db, string request) => db.Set<StepRow>()
            .Where(r => r.RequestId == request).OrderBy(r => r.Digest).ThenBy(r => r.Index).Select(r => r.Body));

    private static readonly Func<BotDbContext, long, int, IAsyncEnumerable<string>> s_abandoned = EF.CompileAsyncQuery(
        (BotDbContext db, long now, int take) => db.Set<RequestRow>()
            .Where(r => (r.Status == Approved || r.Status == Running || r.Status == Verifying) && (r.LeaseUntil == null || r.LeaseUntil < now)
                && !db.Set<GroupedRequestRow>().Any(g => g.RequestId == r.Id && g.Held))
            .OrderBy(r => r.OpenedAt).Take(take).Select(r => r.Body));

    private static readonly Func<BotDbContext, string, IAsyncEnumerable<string>> s_group = EF.CompileAsyncQuery(
        (BotDbContext db, string group) => db.Set<GroupedRequestRow>().Where(g => g.GroupId == group)
            .Join(db.Set<RequestRow>(), g => g.RequestId, r => r.Id, (g, r) => r).OrderBy(r => r.OpenedAt).ThenBy(r => r.Id).Select(r => r.Body));

    public Task<ServiceRequest?> FindAsync(string id, CancellationToken cancellationToken) =>
        bodies.FindAsync<ServiceRequest>(db => s_find(db, id), cancellationToken);

    public Task<IReadOnlyList<ServiceRequest>> ByRequesterAsync(PersonId requester, int take, CancellationToken cancellationToken) =>
        NewestAsync(rows => rows.Where(r => r.Requester == requester.Value), take, cancellationToken);

    public Task<IReadOnlyList<ServiceRequest>> RecentAsync(int take, CancellationToken cancellationToken) =>
        NewestAsync(rows => rows, take, cancellationToken);

    public Task<IReadOnlyList<ServiceRequest>> AbandonedAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        bodies.ListAsync<ServiceRequest>(db => s_abandoned(db, now.UtcTicks, take), cancellationToken);

    public async Task<IReadOnlyList<ServiceRequest>> ForGroupAsync(string groupId, CancellationToken cancellationToken) =>
        [.. (await bodies.ListAsync<ServiceRequest>(db => s_group(db, groupId), cancellationToken)).OrderBy(r => r.Group?.Number)];

    public Task<IReadOnlyList<string>> HeldGroupsAsync(string after, int take, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async db => await db.Set<GroupedRequestRow>().Where(g => g.Held && string.Compare(g.GroupId, after) > 0).Select(g => g.GroupId).Distinct()
                .OrderBy(g => g).Take(take).ToListAsync(cancellationToken),
            cancellationToken);

    public Task<int> CountSinceAsync(PersonId requester, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.ReadAsync(db => s_countSince(db, requester.Value, since.UtcTicks), cancellationToken);

    public Task<IReadOnlyList<StepRecord>> StepsAsync(string requestId, CancellationToken cancellationToken) =>
        bodies.ListAsync<StepRecord>(db => s_steps(db, requestId), cancellationToken);

    private Task<IReadOnlyList<ServiceRequest>> NewestAsync(
        Func<IQueryable<RequestRow>, IQueryable<RequestRow>> which, int take, CancellationToken cancellationToken) =>
        bodies.ListAsync<ServiceRequest>(
            db => which(db.Set<RequestRow>()).Where(r => r.Status != Prepared).OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id).Take(take).Select(r => r.Body),
            cancellationToken);
}
