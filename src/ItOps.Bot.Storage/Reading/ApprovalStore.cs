using ItOps.Bot.Approvals;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class ApprovalStore(Bodies bodies) : IApprovalStore
{
    private const string Pending = nameof(ApprovalStatus.Pending);
    private const string PendingReport = ApprovalRow.ReportPrefix + Pending;

    private static readonly Func<BotDbContext, string, Task<string?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string id) => db.Set<ApprovalRow>().Where(r => r.Id == id).Select(r => r.Body).FirstOrDefault());

    private static readonly Func<BotDbContext, string, IAsyncEnumerable<string>> s_forRequest = EF.CompileAsyncQuery(
        (BotDbContext db, string request) => db.Set<ApprovalRow>()
            .Where(r => r.RequestId == request).OrderBy(r => r.AskedAt).ThenBy(r => r.Id).Select(r => r.Body));

    private static readonly Func<BotDbContext, long, int, IAsyncEnumerable<string>> s_due = EF.CompileAsyncQuery(
        (BotDbContext db, long now, int take) => db.Set<ApprovalRow>()
            .Where(r => (r.Status == Pending || r.Status == PendingReport) && r.DueAt <= now).OrderBy(r => r.DueAt).Take(take).Select(r => r.Body));

    private static readonly Func<BotDbContext, string, IAsyncEnumerable<string>> s_bundle = EF.CompileAsyncQuery(
        (BotDbContext db, string bundle) => db.Set<BundledApprovalRow>().Where(b => b.Bundle == bundle)
            .Join(db.Set<ApprovalRow>(), b => b.ApprovalId, r => r.Id, (b, r) => r).OrderBy(r => r.AskedAt).ThenBy(r => r.Id).Select(r => r.Body));

    public Task<Approval?> FindAsync(string id, CancellationToken cancellationToken) =>
        bodies.FindAsync<Approval>(db => s_find(db, id), cancellationToken);

    public Task<IReadOnlyList<Approval>> ForRequestAsync(string requestId, CancellationToken cancellationToken) =>
        bodies.ListAsync<Approval>(db => s_forRequest(db, requestId), cancellationToken);

    public Task<IReadOnlyList<Approval>> ForBundleAsync(string bundle, CancellationToken cancellationToken) =>
        bodies.ListAsync<Approval>(db => s_bundle(db, bundle), cancellationToken);

    public Task<IReadOnlyList<Approval>> PendingAsync(CancellationToken cancellationToken) =>
        bodies.ListAsync<Approval>(
            db => db.Set<ApprovalRow>().Where(r => r.Status == Pending).OrderBy(r => r.AskedAt).ThenBy(r => r.Id).Select(r => r.Body),
            cancellationToken);

    public Task<IReadOnlyList<Approval>> DecidedAsync(int take, CancellationToken cancellationToken) =>
        bodies.ListAsync<Approval>(
            db => db.Set<ApprovalRow>().Where(r => r.Status != Pending && !r.Status.StartsWith(ApprovalRow.ReportPrefix))
                .OrderByDescending(r => r.UpdatedAt).ThenByDescending(r => r.Id).Take(take).Select(r => r.Body),
            cancellationToken);

    public Task<IReadOnlyList<Approval>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        bodies.ListAsync<Approval>(db => s_due(db, now.UtcTicks, take), cancellationToken);
}
