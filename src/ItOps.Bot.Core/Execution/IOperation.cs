using ItOps.Bot.Plans;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Execution;

/// <summary>One thing that can be done to one target, in one file: look, do, look again.</summary>
public interface IOperation
{
    OperationDescriptor Descriptor { get; }

    /// <summary>False where it is known by name alone, and every look says that its system is not connected.</summary>
    bool IsConnected => true;

    /// <summary>What may be done with a step of these arguments that was started before a crash; as the descriptor says, unless the arguments matter.</summary>
    ReplayClass ReplayOf(StepArguments arguments) => Descriptor.Replay;

    /// <summary>Reads the target and says what is and what would be. Changes nothing. Refuses targets that are off limits (I10).</summary>
    Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Makes whatever must be the same on every attempt, before the first: it is encrypted into the journal. Null when nothing is needed.
    /// </summary>
    Secret<string>? PrepareSecret() => null;

    /// <summary>
    /// Does it. A <see cref="Problem"/> means for certain that nothing happened; an exception means that it is not known.
    /// </summary>
    Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken);

    /// <summary>Reads the target again: is it now as the preview promised?</summary>
    Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken);
}

/// <summary>An attempt at one step. <paramref name="StartedAt"/> is when the first attempt was journaled.</summary>
public sealed record StepExecution(StepArguments Arguments, Secret<string>? Secret, DateTimeOffset StartedAt, Func<string, CancellationToken, Task> Progress);

/// <summary>What came out: lines for the timeline (no secrets), facts that matter to the person, and a secret for the target alone.</summary>
public sealed record StepOutput
{
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Short findings of a diagnosis, most important first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Named values that were read, for the hand-off and the timeline; no secrets.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>Something only the target's owner may see, once.</summary>
    public Secret<string>? ForOwner { get; init; }

    /// <summary>It ended, and not well: a part of it may have happened, so nothing is tried again. What it said is kept all the same.</summary>
    public Problem? Failure { get; init; }
}

/// <summary>One fact that a diagnosis found. <paramref name="Id"/> is what a runbook's following steps may depend on.</summary>
public sealed record Finding(string Id, FindingLevel Level, string Text);

public enum FindingLevel { Fine, Notice, Problem }

/// <summary>The result of reading the target after the step.</summary>
public sealed record Verification(bool Passed, string Text)
{
    /// <summary>
    /// The reading alone shows that it happened, whatever became of the call. Without it a step that was interrupted is run again, with the same journaled inputs.
    /// </summary>
    public bool IsProof { get; init; } = true;

    /// <summary>Nothing was read, because nothing tells whether it had its effect: whoever asked for it says whether it helped.</summary>
    public bool Looked { get; init; } = true;
}
