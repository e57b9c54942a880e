using System.Text.Json.Serialization;
using ItOps.Bot.Assurance;
using ItOps.Bot.Knowledge;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Dialogs;

/// <summary>
/// Something that moves a dialog: a person's move, the result of an effect, or news of a request. Those with a discriminator may stand behind a
/// button and are stored with it.
/// </summary>
[JsonDerivedType(typeof(Asked), "asked")]
[JsonDerivedType(typeof(Picked), "picked")]
[JsonDerivedType(typeof(Supplied), "supplied")]
[JsonDerivedType(typeof(SaidYes), "yes")]
[JsonDerivedType(typeof(SaidNo), "no")]
[JsonDerivedType(typeof(StepAnswered), "step-answered")]
[JsonDerivedType(typeof(Helped), "helped")]
[JsonDerivedType(typeof(AskedHuman), "human")]
[JsonDerivedType(typeof(AskedHelp), "help")]
[JsonDerivedType(typeof(AskedToTell), "tell")]
[JsonDerivedType(typeof(ProofChosen), "proof")]
[JsonDerivedType(typeof(TookQuestion), "question")]
[JsonDerivedType(typeof(AskedCancel), "cancel")]
[JsonDerivedType(typeof(CancelPicked), "cancel-picked")]
[JsonDerivedType(typeof(TookHandOff), "took-hand-off")]
[JsonDerivedType(typeof(SentInstead), "sent-instead")]
[JsonDerivedType(typeof(WentOn), "went-on")]
[JsonDerivedType(typeof(AskedUndo), "undo")]
public abstract record DialogTrigger;

// What a person does.

/// <summary>A wish. With <paramref name="Leaning"/>, what it leaves open may be taken from the last request ("and unlock it too").</summary>
public sealed record Asked(string Text, bool Leaning = false) : DialogTrigger;

/// <summary>Drops what is under way and begins with the text.</summary>
public sealed record Corrected(string Text) : DialogTrigger;

/// <summary>Free words while a question is open.</summary>
public sealed record Answered(string Text) : DialogTrigger;

/// <summary>The last request again, with the values that stay; <paramref name="Who"/>, in the person's words, is whom it is for now.</summary>
public sealed record AskedAgain(string RunbookId, string PersonParameter, string Who, IReadOnlyDictionary<string, ParameterValue> Filled) : DialogTrigger;

public sealed record Picked(string RunbookId, string Text) : DialogTrigger;

public sealed record Supplied(string Parameter, ParameterValue Value) : DialogTrigger;

/// <summary>How the person wants to prove who they are; with a code, through which channel.</summary>
public sealed record ProofChosen(Proof Proof, string Name) : DialogTrigger;

public sealed record SaidOrdinal(int Ordinal) : DialogTrigger;

public sealed record SaidYes : DialogTrigger;

public sealed record SaidNo : DialogTrigger;

/// <summary>The step of a guide worked, or did not. A tap on an older step is news of the past and changes nothing.</summary>
public sealed record StepAnswered(string RequestId, int Step, bool Worked) : DialogTrigger
{
    /// <summary>It was not tried: the person cannot do it.</summary>
    public bool Skipped { get; init; }

    [JsonIgnore]
    public StepAnswer Answer => Skipped ? StepAnswer.Skipped : Worked ? StepAnswer.Worked : StepAnswer.DidNotWork;
}

public enum StepAnswer { Worked, DidNotWork, Skipped }

public sealed record Helped(string RequestId, bool Yes) : DialogTrigger;

public sealed record AskedCancel : DialogTrigger
{
    /// <summary>All that the message asked for, with what is not taken up yet.</summary>
    public bool All { get; init; }

    /// <summary>Which message, where it was offered; none when the person said it themselves.</summary>
    public string? Group { get; init; }
}

public sealed record CancelPicked(string RequestId) : DialogTrigger;

/// <summary>Lets somebody who may ask for it know about it: the person it is for, or their manager.</summary>
public sealed record AskedToTell(PersonId Person, string RunbookId, bool Manager) : DialogTrigger;

/// <summary>Is ready to answer what an approver asked meanwhile.</summary>
public sealed record TookQuestion(string RequestId, PendingQuestion Question) : DialogTrigger;

/// <summary>Is ready to answer whoever in IT has the request.</summary>
public sealed record TookHandOff(string RequestId) : DialogTrigger;

/// <summary>The words were no new wish: they are for whoever has the request.</summary>
public sealed record SentInstead(string RequestId, string Text) : DialogTrigger;

/// <summary>Goes on with a request without what was to come first, or takes it back.</summary>
public sealed record WentOn(string RequestId, bool Yes) : DialogTrigger;

public sealed record AskedStartOver : DialogTrigger;

public sealed record AskedStatus : DialogTrigger;

public sealed record AskedHelp : DialogTrigger;

public sealed record AskedHuman : DialogTrigger;

public sealed record AskedUndo : DialogTrigger
{
    /// <summary>What is to be taken back; none for what was done last.</summary>
    public string? RequestId { get; init; }
}

public sealed record Greeted : DialogTrigger;

public sealed record Thanked : DialogTrigger;

public sealed record SaidNothing : DialogTrigger;

/// <summary>A button whose question is closed.</summary>
public sealed record TappedClosed : DialogTrigger;

// What effects found out.

public sealed record Found(string Text, bool Leaning, RetrievalVerdict Verdict, IReadOnlyList<string> RunbookIds) : DialogTrigger
{
    /// <summary>Why the text did not answer the open question, when it was meant to.</summary>
    public Problem? Obstacle { get; init; }
}

/// <param name="Wishes">In the order to be taken.</param>
public sealed record FoundSeveral(IReadOnlyList<Wish> Wishes) : DialogTrigger
{
    /// <summary>What was asked for as well and is more than is taken at once.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>What the requests that come of them will have in common.</summary>
    public string Group { get; init; } = "";
}

/// <summary>A parameter is needed. <paramref name="Options"/> are values to tap; empty when words are needed.</summary>
public sealed record ParameterMissing(
    string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Filled, string Parameter, IReadOnlyList<ParameterChoice> Options) : DialogTrigger
{
    /// <summary>What was said about it and cannot be used: whose name nobody has, or nobody can read.</summary>
    public Problem? Problem { get; init; }

    public string? About { get; init; }
}

public sealed record ParameterChoice(ParameterValue Value, string? Hint);

/// <summary>The free words did not answer the question.</summary>
public sealed record AnswerUnusable(string Text, Problem? Problem) : DialogTrigger;

public sealed record PlanReady(PreparedPlan Plan) : DialogTrigger;

/// <summary>The target is as wished already. <paramref name="PlainState"/> is what was read, by language; empty when that is not the requester's to know.</summary>
public sealed record NothingToDo(string RunbookId, Func<string, string> PlainState) : DialogTrigger;

/// <summary>The runbook begins with something the person does, or that only reads.</summary>
public sealed record GuideReady(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Values) : DialogTrigger;

public sealed record Refused(Problem Problem, string? RunbookId, string? About) : DialogTrigger
{
    /// <summary>Whose it is, when it is not the requester's.</summary>
    public PersonId? Owner { get; init; }
}

/// <summary>Nothing else is missing than to know who is asking.</summary>
public sealed record ProofNeeded(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Filled, IReadOnlyList<ProofWay> Ways) : DialogTrigger;

public sealed record CodeSent(string RunbookId, string Text, IReadOnlyDictionary<string, ParameterValue> Filled, CodeChallenge Challenge) : DialogTrigger;

/// <summary>The code was read back.</summary>
public sealed record CodeRead : DialogTrigger;

/// <summary>It was not, and may be tried again.</summary>
public sealed record CodeWrong(CodeChallenge Challenge) : DialogTrigger;

/// <summary>The request was stored; others decide.</summary>
public sealed record Submitted(string RequestId) : DialogTrigger;

/// <summary>A guided request was opened; its first step is to come.</summary>
public sealed record GuideOpened(GuidePlace At) : DialogTrigger;

/// <summary>A read-only check waits for the person's yes.</summary>
public sealed record CheckProposed(GuidePlace At, string ApprovalId) : DialogTrigger;

/// <summary>What the bot would do at this step cannot be done here; the guide goes on without it.</summary>
public sealed record StepImpossible(GuidePlace At) : DialogTrigger;

/// <summary>A pasted text was read; what it shows is among the findings of the place.</summary>
public sealed record PasteRead(GuidePlace At) : DialogTrigger;

public sealed record HandOffOpened(string RequestId) : DialogTrigger;

// What happened to a request meanwhile.

/// <summary>News of a request that belongs to this conversation.</summary>
public sealed record RequestMoved(string RequestId, RequestEvent Event) : DialogTrigger
{
    /// <summary>For a diagnosis: the step that it was, with what is found by now.</summary>
    public GuidePlace? At { get; init; }

    public PendingQuestion? Question { get; init; }

    /// <summary>Which message of a hand-off it is about.</summary>
    public int? Message { get; init; }
}
