namespace ItOps.Bot.Runbooks;

/// <summary>One step of a runbook. Steps are taken in order.</summary>
public abstract record RunbookStep;

/// <summary>An operation on a system. Each argument is a literal or names one parameter as <c>{name}</c>; never a mixture (I5).</summary>
public sealed record RunStep(string Operation, IReadOnlyDictionary<string, string> Arguments) : RunbookStep
{
    /// <summary>Left out of the plan where the target's system does not offer what the operation needs, instead of keeping the whole runbook from it.</summary>
    public bool IfOffered { get; init; }
}

/// <summary>
/// A script that changes something, run by an executor, its arguments passed as arguments. <paramref name="File"/> is its path inside the
/// runbook's own folder, with forward slashes: <c>scripts/repair.sh</c> of the runbook <c>network/vpn.md</c> is <c>network/vpn/scripts/repair.sh</c>.
/// </summary>
public sealed record ScriptStep(string File, string Title, IReadOnlyDictionary<string, string> Arguments) : RunbookStep;

/// <summary>
/// Something the person does, one message each. <paramref name="When"/> holds ids of findings: the step is left out unless the last diagnosis found one of them;
/// empty means always.
/// </summary>
public sealed record GuideStep(string Text, string? Expect, IReadOnlyList<string> When) : RunbookStep;

/// <summary>
/// A script that only reads, run after the person agreed; its findings decide on the steps that follow. <paramref name="File"/> is a path as in
/// <see cref="ScriptStep"/>.
/// </summary>
public sealed record DiagnoseStep(string File, string Title) : RunbookStep;

/// <summary>The end of what a runbook can do: a human takes over, with everything tried so far.</summary>
public sealed record HandOffStep(string Reason) : RunbookStep;
