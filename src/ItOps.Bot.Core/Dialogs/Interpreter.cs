using ItOps.Bot.Conversations;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Dialogs;

/// <summary>What a message means where the conversation stands. Pure.</summary>
public sealed class Interpreter(RunbookCatalog runbooks)
{
    private static readonly string[] Worked = ["it works", "works now", "that worked", "worked", "it worked", "fixed", "that fixed it", "that did it", "geht wieder", "geklappt", "it's back", "solved"];
    private static readonly string[] DidNotWork = ["didn't work", "did not work", "that didn't work", "still not working", "still doesn't work", "no change", "nothing changed", "not working", "still the same", "geht nicht", "geht immer noch nicht", "no luck"];

    public DialogTrigger Read(Utterance said, DialogState state, Memory memory) => said.Kind switch
    {
        // Whoever was asked by a person answers a person: "wait, because …" corrects nothing.
        not (UtteranceKind.Empty or UtteranceKind.Cancel or UtteranceKind.CancelAll or UtteranceKind.StartOver or UtteranceKind.Status or UtteranceKind.Help or UtteranceKind.Human)
            when state is AwaitingApproval { Question: not null } => new Answered(said.Said),
        not (UtteranceKind.Cancel or UtteranceKind.CancelAll or UtteranceKind.StartOver or UtteranceKind.Help or UtteranceKind.Human) when state is AwaitingCode && HoldsACode(said.Said) => new Answered(said.Said),
        // Whoever talks to a person agrees with that person; only to "did that help" a yes is for the bot.
        UtteranceKind.Yes or UtteranceKind.No when state is HandedOff { Confirming: false } => new Answered(said.Said),
        UtteranceKind.Ordinal or UtteranceKind.Thanks or UtteranceKind.Correction when state is HandedOff => new Answered(said.Said),
        not (UtteranceKind.Empty or UtteranceKind.Cancel or UtteranceKind.CancelAll or UtteranceKind.StartOver or UtteranceKind.Status or UtteranceKind.Help or UtteranceKind.Human)
            when state is Guiding { WantsPaste: true } => new Answered(said.Said),
        UtteranceKind.Empty => new SaidNothing(),
        UtteranceKind.Yes => new SaidYes(),
        UtteranceKind.No => new SaidNo(),
        UtteranceKind.Ordinal => new SaidOrdinal(said.Ordinal),
        UtteranceKind.Cancel => new AskedCancel(),
        UtteranceKind.CancelAll => new AskedCancel { All = true },
        UtteranceKind.StartOver => new AskedStartOver(),
        UtteranceKind.Status => new AskedStatus(),
        UtteranceKind.Help => new AskedHelp(),
        UtteranceKind.Human => new AskedHuman(),
        UtteranceKind.Undo => new AskedUndo(),
        UtteranceKind.Greeting => new Greeted(),
        UtteranceKind.Thanks => new Thanked(),
        UtteranceKind.Correction => state is Idle ? new Asked(said.Text, Leaning: true) : new Corrected(said.Text),
        UtteranceKind.SameFor => SameFor(said.Text, memory),
        UtteranceKind.Also => new Asked(said.Text, Leaning: true),
        _ => Plain(said.Text, state),
    };

    private static DialogTrigger Plain(string text, DialogState state)
    {
        if (state is Guiding or CheckingOutcome or HandedOff { Confirming: true } && Outcome(text) is { } worked)
            return worked ? new SaidYes() : new SaidNo();
        return state is Collecting ? new Answered(text) : new Asked(text);
    }

    /// <summary>Digits, as people copy them: with blanks or dashes between, or a word before.</summary>
    private static bool HoldsACode(string text) => text.Count(char.IsAsciiDigit) >= 4;

    private static bool? Outcome(string text)
    {
        var words = text.Trim().TrimEnd('.', '!').ToLowerInvariant().Replace('’', '\'');
        return DidNotWork.Contains(words) ? false : Worked.Contains(words) ? true : null;
    }

    /// <summary>The same wish again; what belongs to the person it was for is left to be filled anew.</summary>
    private DialogTrigger SameFor(string who, Memory memory)
    {
        if (runbooks.Find(memory.RunbookId) is not { } runbook)
            return new Asked(who, Leaning: true);
        var kept = memory.Parameters
            .Where(p => runbook.Parameter(p.Key)?.Kind is not (null or ParameterKind.Person or ParameterKind.Account))
            .ToDictionary(p => p.Key, p => p.Value);
        return runbook.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Person) is { } person
            ? new AskedAgain(runbook.Id, person.Name, who, kept)
            : new Asked(who, Leaning: true);
    }
}
