using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Console.Tests.Hosting;

/// <summary>All stores in memory, with the one rule that matters here: versions must follow each other and a secret is taken once.</summary>
internal sealed class Memory(TimeProvider time)
    : ICommitStore, IApprovalStore, IRequestStore, IAuditLog, ITranscript, ISecretStore, IPickupStore, IConversationStore, ITurnIntake, IDecisionStore
{
    private readonly Lock _gate = new();
    private readonly List<TranscriptMessage> _transcript = [];
    private readonly Dictionary<string, Approval> _approvals = [];
    private readonly Dictionary<string, ServiceRequest> _requests = [];
    private readonly Dictionary<string, OneTimeSecret> _secrets = [];
    private readonly Dictionary<string, Pickup> _pickups = [];

    public List<AuditRecord> Audit { get; } = [];

    public List<Turn> Turns { get; } = [];

    public List<DecisionRecord> Decisions { get; } = [];

    /// <summary>While set, nothing can be written.</summary>
    public bool IsFull { get; set; }

    public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        RefuseWhenFull();
        lock (_gate)
        {
            if (!commit.Changes.All(Fits))
                return Task.FromResult(CommitOutcome.Conflict);
            foreach (var change in commit.Changes)
                Apply(change);
            return Task.FromResult(CommitOutcome.Committed);
        }
    }

    public Task<bool> AcceptAsync(Turn turn, IReadOnlyList<Change> along, CancellationToken cancellationToken)
    {
        RefuseWhenFull();
        lock (_gate)
        {
            if (Turns.Exists(t => t.Id == turn.Id))
                return Task.FromResult(false);
            Turns.Add(turn);
            return Task.FromResult(true);
        }
    }

    public Task PostAsync(TranscriptMessage message, CancellationToken cancellationToken)
    {
        RefuseWhenFull();
        lock (_gate)
        {
            if (!_transcript.Exists(m => m.Id == message.Id && m.Conversation == message.Conversation))
                _transcript.Add(message);
        }

        return Task.CompletedTask;
    }

    public Task UpdateAsync(ConversationId conversation, string messageId, Reply reply, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var index = _transcript.FindIndex(m => m.Id == messageId && m.Conversation == conversation);
            if (index >= 0)
                _transcript[index] = _transcript[index] with { Reply = reply };
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<TranscriptMessage>> ReadAsync(ConversationId conversation, int take, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<TranscriptMessage>>(() => [.. _transcript.Where(m => m.Conversation == conversation).TakeLast(take)]);

    Task<Approval?> IApprovalStore.FindAsync(string id, CancellationToken cancellationToken) => Locked(() => _approvals.GetValueOrDefault(id));

    Task<IReadOnlyList<Approval>> IApprovalStore.ForRequestAsync(string requestId, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<Approval>>(() => [.. _approvals.Values.Where(a => a.RequestId == requestId)]);

    public Task<IReadOnlyList<Approval>> PendingAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<Approval>>(() => [.. _approvals.Values.Where(a => a.Status == ApprovalStatus.Pending).OrderBy(a => a.AskedAt)]);

    public Task<IReadOnlyList<Approval>> DecidedAsync(int take, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<Approval>>(() => [.. _approvals.Values.Where(a => a.Status != ApprovalStatus.Pending).OrderByDescending(a => a.AskedAt).Take(take)]);

    public Task<IReadOnlyList<Approval>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<ServiceRequest?> IRequestStore.FindAsync(string id, CancellationToken cancellationToken) => Locked(() => _requests.GetValueOrDefault(id));

    public Task<IReadOnlyList<ServiceRequest>> ByRequesterAsync(PersonId requester, int take, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<ServiceRequest>>(() => [.. _requests.Values.Where(r => r.Requester == requester).OrderByDescending(r => r.OpenedAt).Take(take)]);

    public Task<IReadOnlyList<ServiceRequest>> RecentAsync(int take, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<ServiceRequest>>(() => [.. _requests.Values.OrderByDescending(r => r.OpenedAt).Take(take)]);

    public Task<IReadOnlyList<ServiceRequest>> AbandonedAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ServiceRequest>> ForGroupAsync(string groupId, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<ServiceRequest>>(() => [.. _requests.Values.Where(r => r.Group?.Id == groupId).OrderBy(r => r.Group!.Number)]);

    public Task<IReadOnlyList<string>> HeldGroupsAsync(string after, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Approval>> ForBundleAsync(string bundle, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<Approval>>(() => [.. _approvals.Values.Where(a => a.Bundle == bundle)]);

    public Task<int> CountSinceAsync(PersonId requester, DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<StepRecord>> StepsAsync(string requestId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StepRecord>>([]);

    Task<int> IDecisionStore.CountSinceAsync(PersonId approver, DateTimeOffset since, CancellationToken cancellationToken) =>
        Locked(() => Decisions.Count(d => d.Approver == approver && d.At >= since));

    public Task<IReadOnlyList<DecisionRecord>> SinceAsync(DateTimeOffset since, int take, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<DecisionRecord>>(() => [.. Decisions.Where(d => d.At >= since).OrderByDescending(d => d.At).Take(take)]);

    public async IAsyncEnumerable<AuditRecord> ReadAsync(
        long fromSequence, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in await Locked(() => Audit.Where(r => r.Sequence >= fromSequence).ToList()))
            yield return record;
    }

    public Task<IReadOnlyList<AuditRecord>> SearchAsync(string? contains, int take, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<AuditRecord>>(() =>
            [.. Audit.Where(r => contains is null || r.ToString().Contains(contains, StringComparison.OrdinalIgnoreCase)).Reverse().Take(take)]);

    public Task<IReadOnlyList<AuditRecord>> ForRequestAsync(string requestId, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<AuditRecord>>(() => [.. Audit.Where(r => r.Entry.RequestId == requestId)]);

    public Task<AuditHead> HeadAsync(CancellationToken cancellationToken) =>
        Locked(() => Audit is [.., var last] ? new AuditHead(last.Sequence, last.Hash) : AuditHead.Empty);

    Task<OneTimeSecret?> ISecretStore.FindAsync(string tokenHash, CancellationToken cancellationToken) => Locked(() => _secrets.GetValueOrDefault(tokenHash));

    public Task<IReadOnlyList<OneTimeSecret>> ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Pickup?> IPickupStore.FindAsync(string id, CancellationToken cancellationToken) => Locked(() => _pickups.GetValueOrDefault(id));

    public Task<IReadOnlyList<Pickup>> OfLinkAsync(string tokenHash, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<Pickup>>(() => [.. _pickups.Values.Where(p => p.TokenHash == tokenHash).OrderBy(p => p.Ordinal)]);

    Task<IReadOnlyList<Pickup>> IPickupStore.ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ConversationContext> LoadAsync(ConversationId id, CancellationToken cancellationToken) => Task.FromResult(new ConversationContext(id));

    private void RefuseWhenFull()
    {
        if (IsFull)
            throw new StoreUnavailableException("The disk is full.", new IOException());
    }

    private Task<T> Locked<T>(Func<T> read)
    {
        lock (_gate)
            return Task.FromResult(read());
    }

    private bool Fits(Change change) => change switch
    {
        RequestSaved(var r) => (_requests.GetValueOrDefault(r.Id)?.Version ?? 0) == r.Version - 1,
        ApprovalSaved(var a) => (_approvals.GetValueOrDefault(a.Id)?.Version ?? 0) == a.Version - 1,
        SecretTaken(var hash) => _secrets.ContainsKey(hash),
        PickupSaved(var p) => (_pickups.GetValueOrDefault(p.Id)?.Version ?? 0) == p.Version - 1
            && !_pickups.Values.Any(o => o.Id != p.Id && o.TokenHash == p.TokenHash && o.Ordinal == p.Ordinal),
        _ => true,
    };

    private void Apply(Change change)
    {
        switch (change)
        {
            case RequestSaved(var request):
                _requests[request.Id] = request;
                break;
            case ApprovalSaved(var approval):
                _approvals[approval.Id] = approval;
                break;
            case SecretStored(var secret):
                _secrets[secret.TokenHash] = secret;
                break;
            case PickupSaved(var pickup):
                _pickups[pickup.Id] = pickup;
                break;
            case SecretTaken(var hash):
                _secrets.Remove(hash);
                break;
            case DecisionRecorded(var decision, _, _):
                Decisions.Add(decision);
                break;
            case Audited(var entry):
                var head = Audit is [.., var last] ? new AuditHead(last.Sequence, last.Hash) : AuditHead.Empty;
                Audit.Add(AuditChain.Append(head, time.GetUtcNow(), entry));
                break;
        }
    }
}
