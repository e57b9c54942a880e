using ItOps.Bot.Auditing;

namespace ItOps.Bot.Commits;

/// <summary>
/// Changes that become durable together. A change of a request, an approval, a step or a secret must come with at least one audit
/// entry (I8); a store refuses a commit without one.
/// </summary>
public sealed class Commit
{
    private readonly List<Change> _changes = [];

    public IReadOnlyList<Change> Changes => _changes;

    public bool IsEmpty => _changes.Count == 0;

    public bool LacksAudit =>
        _changes.Exists(c => c is RequestSaved or ApprovalSaved or StepJournaled or SecretStored or SecretTaken)
        && !_changes.Exists(c => c is Audited);

    public Commit Add(Change change)
    {
        _changes.Add(change);
        return this;
    }

    public Commit Audit(AuditEntry entry) => Add(new Audited(entry));

    public Commit Add(Commit other)
    {
        _changes.AddRange(other._changes);
        return this;
    }
}
