using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Commits;

/// <summary>
/// Changes that become durable together. A change of a request, an approval, a hand-off, a step, a secret or a runbook must come with at least one audit
/// entry (I8); a store refuses a commit without one.
/// </summary>
public sealed class Commit
{
    private readonly List<Change> _changes = [];

    public IReadOnlyList<Change> Changes => _changes;

    public bool IsEmpty => _changes.Count == 0;

    public bool LacksAudit =>
        _changes.Exists(c => c is RequestSaved or ApprovalSaved or HandOffSaved or StepJournaled or SecretStored or SecretTaken or PickupSaved or RunbookEntrySaved or RunbookVersionSaved)
        && !_changes.Exists(c => c is Audited);

    /// <summary>
    /// Adds a change. A request, approval or hand-off that is saved twice in one commit becomes one change: the later state under the version that the first expects.
    /// </summary>
    public Commit Add(Change change)
    {
        var earlier = change switch
        {
            RequestSaved saved => _changes.FindIndex(c => c is RequestSaved r && r.Request.Id == saved.Request.Id),
            ApprovalSaved saved => _changes.FindIndex(c => c is ApprovalSaved a && a.Approval.Id == saved.Approval.Id),
            HandOffSaved saved => _changes.FindIndex(c => c is HandOffSaved h && h.HandOff.Id == saved.HandOff.Id),
            _ => -1,
        };
        if (earlier < 0)
            _changes.Add(change);
        else
            _changes[earlier] = Under(_changes[earlier], change);
        return this;
    }

    /// <summary>Puts another change in the place of each of one kind.</summary>
    public void Replace<T>(Func<T, T> with)
        where T : Change
    {
        for (var i = 0; i < _changes.Count; i++)
        {
            if (_changes[i] is T change)
                _changes[i] = with(change);
        }
    }

    public Commit Audit(AuditEntry entry) => Add(new Audited(entry));

    public Commit Add(Commit other)
    {
        foreach (var change in other._changes)
            Add(change);
        return this;
    }

    /// <summary>The request as this commit will leave it; none when the commit does not touch it.</summary>
    public ServiceRequest? Pending(string requestId) =>
        _changes.OfType<RequestSaved>().FirstOrDefault(r => r.Request.Id == requestId)?.Request;

    private static Change Under(Change earlier, Change later) => (earlier, later) switch
    {
        (RequestSaved first, RequestSaved second) => new RequestSaved(second.Request with { Version = first.Request.Version }),
        (ApprovalSaved first, ApprovalSaved second) => new ApprovalSaved(second.Approval with { Version = first.Approval.Version }),
        (HandOffSaved first, HandOffSaved second) => new HandOffSaved(second.HandOff with { Version = first.HandOff.Version }),
        _ => later,
    };
}
