using ItOps.Bot.Agents;
using ItOps.Bot.Assurance;
using ItOps.Bot.Knowledge;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Dialogs;

/// <summary>Something that the runner does for the state machine; what it finds out comes back as a trigger.</summary>
public abstract record DialogEffect;

/// <summary>Says something, with buttons. The words are chosen when the language is known.</summary>
public sealed record Say(Func<Words, string> Text, params IReadOnlyList<Option> Options) : DialogEffect
{
    /// <summary>The question wants an answer in the person's own words.</summary>
    public bool WantsWords { get; init; }
}

/// <summary>A button and what it means.</summary>
public sealed record Option(Func<Words, string> Label, DialogTrigger Trigger, string? Hint = null);

/// <summary>Looks for runbooks; with <paramref name="MayBeSeveral"/>, for several wishes in one text. Ends in <see cref="Found"/> or <see cref="FoundSeveral"/>.</summary>
public sealed record Retrieve(string Text, bool Leaning, bool MayBeSeveral) : DialogEffect
{
    /// <summary>Handed on to <see cref="Found"/>.</summary>
    public Problem? Obstacle { get; init; }

    /// <summary>What was said about the wish when its message was read; none when it is to be read now.</summary>
    public Suggestion? Suggested { get; init; }
}

/// <summary>
/// Fills parameters and plans. Ends in <see cref="ParameterMissing"/>, <see cref="AnswerUnusable"/>, <see cref="PlanReady"/>,
/// <see cref="NothingToDo"/>, <see cref="GuideReady"/> or <see cref="Refused"/>.
/// </summary>
public sealed record Prepare(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Filled) : DialogEffect
{
    public bool Leaning { get; init; }

    /// <summary>How the person chose to prove who they are, with the word of somebody else.</summary>
    public Proof? Proof { get; init; }

    /// <summary>The text is newer than what is filled, so that what it names is read again.</summary>
    public bool Anew { get; init; }

    /// <summary>The parameter that was asked for, and the words of the answer.</summary>
    public (string Parameter, string Words)? Answer { get; init; }
}

/// <summary>Plans the reverse of the last request of this conversation.</summary>
public sealed record PrepareUndo(string? RequestId) : DialogEffect;

/// <summary>
/// Opens a request for the plan and asks whoever decides. Ends in <see cref="Submitted"/>, <see cref="ProofNeeded"/> or <see cref="Refused"/>.
/// </summary>
public sealed record Submit(PreparedPlan Plan) : DialogEffect
{
    /// <summary>Which wish of its message it is.</summary>
    public Taking? Taking { get; init; }
}

/// <summary>Begins with another wish of the same message: whatever is said next in this turn is about it.</summary>
public sealed record TurnTo(Wish Wish) : DialogEffect;

/// <summary>Goes on with a request without what was to come first.</summary>
public sealed record GoOn(string RequestId) : DialogEffect;

/// <summary>Sends a code to another route of the person. Ends in <see cref="CodeSent"/> or <see cref="Refused"/>.</summary>
public sealed record SendCode(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Filled, string Through) : DialogEffect;

/// <summary>Compares what was said with the code. Ends in <see cref="CodeRead"/>, <see cref="CodeWrong"/> or <see cref="Refused"/>.</summary>
public sealed record CheckCode(string RunbookId, CodeChallenge Challenge, string Said) : DialogEffect;

/// <summary>Opens a request that is worked on together with the person. Ends in <see cref="GuideOpened"/> or <see cref="Refused"/>.</summary>
public sealed record OpenGuide(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Values) : DialogEffect
{
    /// <summary>As in <see cref="Submit"/>.</summary>
    public Taking? Taking { get; init; }
}

/// <summary>Notes what the person said about a step of a guide.</summary>
public sealed record NoteStep(GuidePlace At, StepAnswer Answer) : DialogEffect;

/// <summary>
/// Proposes what the bot does at this step: what only reads to the requester, what changes something, with the changes right after it, to whoever
/// decides. Ends in <see cref="CheckProposed"/>, <see cref="Submitted"/> or <see cref="StepImpossible"/>.
/// </summary>
public sealed record ProposeStep(GuidePlace At) : DialogEffect;

/// <summary>Takes from a pasted text what the step recognises. Ends in <see cref="PasteRead"/>.</summary>
public sealed record ReadPaste(GuidePlace At, string Text) : DialogEffect;

/// <summary>The requester's own yes or no to a read-only check.</summary>
public sealed record DecideConsent(string ApprovalId, bool Yes) : DialogEffect;

/// <summary>Cancels a request, or without one: the only open one of this person. Says what came of it.</summary>
public sealed record CancelRequest(string? RequestId) : DialogEffect
{
    /// <summary>Where its message asked for more that is still open, the person is asked which.</summary>
    public bool MayAsk { get; init; }
}

/// <summary>Cancels all that one message asked for: that of the group, or without one that of the request.</summary>
public sealed record CancelAll : DialogEffect
{
    public string? Group { get; init; }

    /// <summary>What the conversation is about; none for the last request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Something was dropped that is no request yet, and said: that there is no request is no news.</summary>
    public bool Dropped { get; init; }
}

/// <summary>Closes a request as solved, in the person's own judgement.</summary>
public sealed record Resolve(string RequestId) : DialogEffect;

/// <summary>Hands a request (or, without one, the conversation) to a human. Ends in <see cref="HandOffOpened"/>.</summary>
public sealed record HandOff(string? RequestId, HandOffCause Cause, string? Reason = null) : DialogEffect;

public enum HandOffCause { PersonAsked, DidNotHelp, EndOfRunbook, Failed }

/// <summary>
/// Words to whoever has a request, unless they are clearly another wish. Ends in nothing, or as <see cref="Retrieve"/> does.
/// </summary>
public sealed record Hear(string RequestId, string Text, bool Leaning) : DialogEffect
{
    /// <summary>The person said that it is for whoever has it.</summary>
    public bool Surely { get; init; }
}

/// <summary>Sends words that were taken for another wish to whoever has the request, and cancels what was opened for them.</summary>
public sealed record SendInstead(string RequestId, string Text) : DialogEffect;

/// <summary>Tells the person, or their manager, how to ask for what somebody else may not ask for.</summary>
public sealed record TellOther(PersonId Person, string RunbookId, bool Manager) : DialogEffect;

/// <summary>Says where the person's requests stand.</summary>
public sealed record TellStatus : DialogEffect;

/// <summary>Says what happened to a request.</summary>
public sealed record TellNews(string RequestId, RequestEvent Event, params IReadOnlyList<Option> Options) : DialogEffect
{
    public PendingQuestion? Question { get; init; }

    /// <summary>Which message of a hand-off it is.</summary>
    public int? Message { get; init; }
}

/// <summary>Passes the person's words to the approver who asked.</summary>
public sealed record AnswerApprover(PendingQuestion Question, string Text) : DialogEffect;
