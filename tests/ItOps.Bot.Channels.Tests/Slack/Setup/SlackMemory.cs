using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Slack.Setup;

/// <summary>Stores in memory, as far as a channel reads them, and an inbox that keeps what was accepted.</summary>
internal sealed class SlackMemory : ICommitStore, ITurnIntake, IApprovalStore, IRequestStore, IAuditLog
{
    private readonly Lock _gate = new();

    public List<Turn> Turns { get; } = [];

    public List<Change> Along { get; } = [];

    public List<AuditEntry> Audit { get; } = [];

    public List<Approval> Approvals { get; } = [];

    public List<ServiceRequest> Requests { get; } = [];

    /// <summary>While set, nothing can be written.</summary>
    public bool IsDown { get; set; }

    public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        RefuseWhenDown();
        lock (_gate)
            Audit.AddRange(commit.Changes.OfType<Audited>().Select(a => a.Entry));
        return Task.FromResult(CommitOutcome.Committed);
    }

    public Task<bool> AcceptAsync(Turn turn, IReadOnlyList<Change> along, CancellationToken cancellationToken)
    {
        RefuseWhenDown();
        lock (_gate)
        {
            if (Turns.Exists(t => t.Id == turn.Id))
                return Task.FromResult(false);
            Turns.Add(turn);
            Along.AddRange(along);
            return Task.FromResult(true);
        }
    }

    Task<Approval?> IApprovalStore.FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Approvals.Find(a => a.Id == id));

    Task<IReadOnlyList<Approval>> IApprovalStore.ForRequestAsync(string requestId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Approval>>([.. Approvals.Where(a => a.RequestId == requestId)]);

    public Task<IReadOnlyList<Approval>> PendingAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Approval>>([.. Approvals.Where(a => a.Status == ApprovalStatus.Pending)]);

    public Task<IReadOnlyList<Approval>> DecidedAsync(int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Approval>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<ServiceRequest?> IRequestStore.FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Requests.Find(r => r.Id == id));

    public Task<IReadOnlyList<ServiceRequest>> ByRequesterAsync(PersonId requester, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServiceRequest>>([.. Requests.Where(r => r.Requester == requester).Take(take)]);

    public Task<IReadOnlyList<ServiceRequest>> RecentAsync(int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServiceRequest>>([.. Requests.Take(take)]);

    public Task<IReadOnlyList<ServiceRequest>> AbandonedAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ServiceRequest>> ForGroupAsync(string groupId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServiceRequest>>([.. Requests.Where(r => r.Group?.Id == groupId)]);

    public Task<IReadOnlyList<string>> HeldGroupsAsync(string after, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Approval>> ForBundleAsync(string bundle, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Approval>>([.. Approvals.Where(a => a.Bundle == bundle)]);

    public Task<int> CountSinceAsync(PersonId requester, DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<StepRecord>> StepsAsync(string requestId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StepRecord>>([]);

    public IAsyncEnumerable<AuditRecord> ReadAsync(long fromSequence, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AuditRecord>> SearchAsync(string? contains, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AuditRecord>> ForRequestAsync(string requestId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AuditRecord>>([]);

    public Task<AuditHead> HeadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private void RefuseWhenDown()
    {
        if (IsDown)
            throw new StoreUnavailableException("The disk is full.", new IOException());
    }
}
