using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Teams.Setup;

/// <summary>What the bot stores, in memory. A turn enters once; while it is full, nothing enters.</summary>
internal sealed class TeamsStore : ICommitStore, ITurnIntake, IRouteStore, IApprovalStore, IRequestStore, IAuditLog
{
    private readonly Lock _gate = new();
    private readonly List<Turn> _turns = [];
    private readonly List<OutboxMessage> _messages = [];
    private readonly List<AuditEntry> _audit = [];

    public Dictionary<ConversationId, string> Routes { get; } = [];

    public bool IsFull { get; set; }

    /// <summary>How often a route was written.</summary>
    public int RouteWrites { get; private set; }

    public Approval? Approval { get; set; }

    public ServiceRequest? Request { get; set; }

    public IReadOnlyList<Turn> Turns
    {
        get
        {
            lock (_gate)
                return [.. _turns];
        }
    }

    public IReadOnlyList<AuditEntry> Audit
    {
        get
        {
            lock (_gate)
                return [.. _audit];
        }
    }

    public IReadOnlyList<OutboxMessage> TakeMessages()
    {
        lock (_gate)
        {
            OutboxMessage[] taken = [.. _messages];
            _messages.Clear();
            return taken;
        }
    }

    public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        Write(commit.Changes);
        return Task.FromResult(CommitOutcome.Committed);
    }

    public Task<bool> AcceptAsync(Turn turn, IReadOnlyList<Change> along, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsFull && _turns.Exists(t => t.Id == turn.Id))
                return Task.FromResult(false);
            Write(along);
            _turns.Add(turn);
            return Task.FromResult(true);
        }
    }

    public Task<string?> FindAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(Routes.GetValueOrDefault(conversation));
    }

    Task<Approval?> IApprovalStore.FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Approval?.Id == id ? Approval : null);

    Task<ServiceRequest?> IRequestStore.FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Request?.Id == id ? Request : null);

    public Task<IReadOnlyList<StepRecord>> StepsAsync(string requestId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StepRecord>>([]);

    public Task<IReadOnlyList<Approval>> ForRequestAsync(string requestId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Approval>> PendingAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Approval>> DecidedAsync(int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<Approval>> IApprovalStore.DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ServiceRequest>> ByRequesterAsync(PersonId requester, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ServiceRequest>> RecentAsync(int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ServiceRequest>> AbandonedAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ServiceRequest>> ForGroupAsync(string groupId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> HeldGroupsAsync(string after, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Approval>> ForBundleAsync(string bundle, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> CountSinceAsync(PersonId requester, DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<AuditRecord> ReadAsync(long fromSequence, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AuditHead> HeadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<AuditRecord>> IAuditLog.ForRequestAsync(string requestId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<AuditRecord>> SearchAsync(string? contains, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void Write(IEnumerable<Change> changes)
    {
        if (IsFull)
            throw new StoreUnavailableException("The disk is full.", new IOException());
        lock (_gate)
        {
            foreach (var change in changes)
            {
                switch (change)
                {
                    case RouteSaved { Route: { } route } saved:
                        (Routes[saved.Conversation], RouteWrites) = (route, RouteWrites + 1);
                        break;
                    case RouteSaved saved:
                        Routes.Remove(saved.Conversation);
                        break;
                    case MessageQueued queued:
                        _messages.Add(queued.Message);
                        break;
                    case Audited audited:
                        _audit.Add(audited.Entry);
                        break;
                    default:
                        throw new NotSupportedException(change.ToString());
                }
            }
        }
    }
}
