using ItOps.Bot.People;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Assurance;

/// <summary>
/// What must be known about who asks, before anybody may approve. Every rule that covers a plan must hold. Privileged, service and break-glass accounts
/// are not a matter of evidence: they are refused before (I10).
/// </summary>
public sealed record AssurancePolicy(int Version, IReadOnlyList<AssuranceRule> Rules)
{
    public CodePolicy Codes { get; init; } = new();

    public IReadOnlyList<TargetLimit> Limits { get; init; } = [];

    public IReadOnlyList<ApartRule> Apart { get; init; } = [];

    /// <summary>The rules that this evidence does not satisfy.</summary>
    public IReadOnlyList<AssuranceRule> Lacking(Plan plan, PersonId requester, IReadOnlyCollection<AssuranceEvidence> evidence) =>
        [.. Rules.Where(rule => rule.Covers(plan, requester) && rule.Missing(evidence) > 0)];
}

/// <summary>Whose account a rule is about: the requester's own, or somebody else's.</summary>
public enum Beneficiary { Self, Other }

/// <summary>
/// How many kinds of evidence, and which, a change needs. <paramref name="Operations"/> are operation ids, or a prefix ending in <c>.*</c>; a runbook cannot get
/// around a rule by another name. <paramref name="Runbooks"/> narrows the rule to these; empty means all.
/// </summary>
public sealed record AssuranceRule(string Name, Beneficiary For, IReadOnlyList<string> Operations, int Kinds, IReadOnlyList<Proof> Of)
{
    public IReadOnlyList<string> Runbooks { get; init; } = [];

    public bool Covers(Plan plan, PersonId requester) =>
        (Runbooks.Count == 0 || Runbooks.Contains(plan.RunbookId))
        && plan.Steps.Any(step => Operations.Any(pattern => OperationPattern.Covers(pattern, step.Operation))
            && (step.Target.Owner == requester ? Beneficiary.Self : Beneficiary.Other) == For);

    /// <summary>How many kinds are still missing.</summary>
    public int Missing(IReadOnlyCollection<AssuranceEvidence> evidence) =>
        Math.Max(0, Kinds - evidence.Select(e => e.Method.Kind()).OfType<Proof>().Where(Of.Contains).Distinct().Count());
}

/// <summary>One-time codes (NIST SP 800-63B-4: at least 6 digits, 10 minutes).</summary>
public sealed record CodePolicy
{
    public int Digits { get; init; } = 8;

    public TimeSpan ValidFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Wrong answers before a code is worth nothing.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Codes that one conversation may ask for in an hour.</summary>
    public int PerHour { get; init; } = 3;
}

/// <summary>How often something may be asked for the same person's accounts, whoever asks.</summary>
public sealed record TargetLimit(IReadOnlyList<string> Operations, int Times, TimeSpan Within);

/// <summary>
/// Two sets of operations that are never both done for the same person within a while: who moves a second factor right after a password has the account (CISA
/// AA23-320A).
/// </summary>
public sealed record ApartRule(IReadOnlyList<string> Operations, IReadOnlyList<string> From, TimeSpan For);
