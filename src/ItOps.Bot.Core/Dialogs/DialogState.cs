using System.Text.Json.Serialization;
using ItOps.Bot.Assurance;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Dialogs;

/// <summary>
/// Where a conversation stands. Stored as JSON: a new member gets a default, a renamed state keeps its discriminator, so that what an older version
/// suspended still resumes.
/// </summary>
[JsonDerivedType(typeof(Idle), "idle")]
[JsonDerivedType(typeof(Choosing), "choosing")]
[JsonDerivedType(typeof(Collecting), "collecting")]
[JsonDerivedType(typeof(Proving), "proving")]
[JsonDerivedType(typeof(AwaitingCode), "awaiting-code")]
[JsonDerivedType(typeof(AwaitingConfirmation), "awaiting-confirmation")]
[JsonDerivedType(typeof(AwaitingApproval), "awaiting-approval")]
[JsonDerivedType(typeof(Running), "running")]
[JsonDerivedType(typeof(Guiding), "guiding")]
[JsonDerivedType(typeof(CheckingOutcome), "checking-outcome")]
[JsonDerivedType(typeof(HandedOff), "handed-off")]
public abstract record DialogState
{
    /// <summary>Further wishes of the same message, taken one after the other.</summary>
    public IReadOnlyList<Wish> Waiting { get; init; } = [];

    /// <summary>Which of them is under way; none when it was asked for alone.</summary>
    public Taking? Taking { get; init; }

    /// <summary>Who somebody is whom a message did not name, as the person said when the first of its wishes asked; it holds for the others of that message.</summary>
    public Named? Named { get; init; }
}

/// <param name="Group">As in <see cref="Knowledge.Taking.Group"/>.</param>
/// <param name="Words">What the message called them, such as "new hire".</param>
public sealed record Named(string Group, string Words, ParameterValue Person);

/// <summary>Nothing is under way.</summary>
public sealed record Idle : DialogState;

/// <summary>Several runbooks could be meant; the person was asked which.</summary>
public sealed record Choosing(string Text, IReadOnlyList<string> Candidates) : DialogState;

/// <summary>A parameter is missing and was asked for.</summary>
public sealed record Collecting(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Filled, string Asking) : DialogState
{
    /// <summary>How often the answer could not be used.</summary>
    public int Misses { get; init; }

    /// <summary>What the message called the person who is asked for; none when it called nobody anything, or another value is asked for.</summary>
    public string? Whom { get; init; }
}

/// <summary>All is known but who is asking; the person was offered ways to prove it.</summary>
public sealed record Proving(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Filled) : DialogState;

/// <summary>A code was sent to another of the person's routes.</summary>
public sealed record AwaitingCode(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Filled, CodeChallenge Challenge) : DialogState;

/// <summary>A check that only reads waits for the person's yes.</summary>
public sealed record AwaitingConfirmation(string RequestId, string ApprovalId, string RunbookId, int Step) : DialogState
{
    public int Version { get; init; }

    public string? Platform { get; init; }

    public IReadOnlyList<string> Findings { get; init; } = [];

    public GuidePlace Place() => new(RequestId, RunbookId, Step) { Version = Version, Platform = Platform, Findings = Findings };
}

/// <summary>Others decide about the request.</summary>
public sealed record AwaitingApproval(string RequestId) : DialogState
{
    /// <summary>Set while an approver's question waits for an answer.</summary>
    public PendingQuestion? Question { get; init; }

    /// <summary>The person is to say whether to go on without what was to come first.</summary>
    public bool AsksToGoOn { get; init; }

    /// <summary>What the question interrupted, and where the conversation goes on after the answer; none when nothing.</summary>
    public DialogState? Then { get; init; }
}

public sealed record PendingQuestion(string ApprovalId, string QuestionId);

/// <summary>The request runs.</summary>
public sealed record Running(string RequestId) : DialogState;

/// <summary>The person is doing step <paramref name="Step"/> of the runbook.</summary>
public sealed record Guiding(string RequestId, string RunbookId, int Step) : DialogState
{
    public int Failures { get; init; }

    /// <summary>As in <see cref="GuidePlace"/>.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    public int Version { get; init; }

    public string? Platform { get; init; }

    /// <summary>The step waits for a text that the person pastes.</summary>
    public bool WantsPaste { get; init; }

    public GuidePlace Place() => new(RequestId, RunbookId, Step) { Version = Version, Platform = Platform, Findings = Findings, Failures = Failures };

    public static Guiding At(GuidePlace place) =>
        new(place.RequestId, place.RunbookId, place.Step) { Version = place.Version, Platform = place.Platform, Findings = place.Findings, Failures = place.Failures };
}

/// <summary>It was done and verified; the person was asked whether it helped.</summary>
public sealed record CheckingOutcome(string RequestId) : DialogState;

/// <summary>A human has it.</summary>
public sealed record HandedOff(string RequestId) : DialogState
{
    /// <summary>It was called solved, and the person was asked whether it is.</summary>
    public bool Confirming { get; init; }

    /// <summary>What an answer to whoever has it interrupted, and where the conversation goes on after it; none when nothing.</summary>
    public DialogState? Then { get; init; }
}
