namespace ItOps.Bot.Replies;

/// <summary>Whether words go along with a press.</summary>
public enum CardNote { None, Wanted, Needed }

/// <summary>Which buttons ask for words, the same on every surface.</summary>
public static class CardNotes
{
    public static CardNote Note(this CardAction action) => action switch
    {
        CardAction.Deny or CardAction.Ask or CardAction.Reply => CardNote.Needed,
        CardAction.Resolve => CardNote.Wanted,
        _ => CardNote.None,
    };

    /// <summary>The button that is pressed for it; each verdict has one, of the same name.</summary>
    public static CardAction Button(this Turns.Verdict verdict) => Enum.Parse<CardAction>(verdict.ToString());

    public static Turns.Verdict Verdict(this CardAction action) => Enum.Parse<Turns.Verdict>(action.ToString());
}
