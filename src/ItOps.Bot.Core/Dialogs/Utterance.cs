namespace ItOps.Bot.Dialogs;

/// <summary>
/// A message as a move in a conversation. <paramref name="Text"/> is what is left to look for once the move's own words are taken away
/// ("no wait, only unlock it" is a <see cref="UtteranceKind.Correction"/> with the text "only unlock it").
/// </summary>
public sealed record Utterance(UtteranceKind Kind, string Text)
{
    /// <summary>Two letters; "en" unless the words say otherwise.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The words do say in which language they are; "finance" does not.</summary>
    public bool TellsLanguage { get; init; }

    /// <summary>The whole message, for where every word counts.</summary>
    public string Said { get; init; } = "";

    /// <summary>For <see cref="UtteranceKind.Ordinal"/>: 1 for "the first one"; -1 for "the last".</summary>
    public int Ordinal { get; init; }
}

public enum UtteranceKind
{
    /// <summary>Anything that is not one of the moves below: a wish, or the answer to a question.</summary>
    Request,

    /// <summary>"No wait, only unlock it", "not that one, the other": drops what is under way, then goes on with the text.</summary>
    Correction,

    /// <summary>"Same for bob": the last request again with another person; the text is the person.</summary>
    SameFor,

    /// <summary>"And unlock it too", "and my jira too": another request that leans on the last; the text is the wish.</summary>
    Also,

    Ordinal,
    Yes,
    No,
    Cancel,

    /// <summary>"Cancel all of it".</summary>
    CancelAll,
    StartOver,
    Status,
    Help,
    Human,
    Undo,
    Greeting,
    Thanks,

    /// <summary>Nothing but punctuation, emoji or white space.</summary>
    Empty,
}
