using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams.Cards;

/// <summary>The buttons: a decision, a choice, a refresh. Each carries one opaque id (I4).</summary>
internal static class CardPresses
{
    private static readonly Words W = Words.English;

    public static ExecutePress Refresh(string approvalId, string? title = null) => Execute(TeamsVerbs.Refresh, approvalId, title);

    /// <param name="approvalId">Opaque (I4).</param>
    /// <param name="button">What is pressed.</param>
    /// <param name="typeToConfirm">What must be typed along with it, with every run of characters that a client would replace taken apart.</param>
    public static CardPress Decision(string approvalId, CardButton button, string? typeToConfirm) => button.Action == CardAction.Approve && typeToConfirm is not null
        ? new ShowCardPress(new(
            [new TextInput(W.TypeToApprove(typeToConfirm), TeamsLimits.Note) { Id = "typed", IsMultiline = false, ErrorMessage = W.PleaseWriteSomething }],
            [Execute(TeamsVerbs.Of(button.Action), approvalId, button.Label)]))
        { Title = Title(button.Label), Style = Style(button.Action) }
        : button.Action.Note() is var note && note != CardNote.None
        ? new ShowCardPress(new(
            [new TextInput(W.NoteFor(button.Action), TeamsLimits.NoteOf(button.Action)) { Id = "note", IsRequired = note == CardNote.Needed, ErrorMessage = note == CardNote.Needed ? W.PleaseWriteSomething : null }],
            [Execute(TeamsVerbs.Of(button.Action), approvalId, W.SendNote(button.Action))]))
        { Title = Title(button.Label), Style = Style(button.Action) }
        : Execute(TeamsVerbs.Of(button.Action), approvalId, button.Label) with { Style = Style(button.Action) };

    public static IReadOnlyList<CardPress> Choices(IReadOnlyList<Choice> choices) => choices.Count <= TeamsLimits.Actions
        ? [.. choices.Select(c => Execute(TeamsVerbs.Choice, c.Id, c.Label))]
        : [Execute(TeamsVerbs.Choice, null, W.Choose)];

    /// <summary>More choices than there may be buttons are a list; else what there is to know about each.</summary>
    public static IEnumerable<CardElement> ChoiceBody(IReadOnlyList<Choice> choices, CardText text)
    {
        if (choices.Count > TeamsLimits.Actions)
            yield return new ChoiceInput(W.Choose, [.. text.Some(choices).Select(c => new ChoiceTitle(text.Plain(WithHint(c)), c.Id))]) { Id = "id", ErrorMessage = W.Choose };
        else
        {
            foreach (var choice in choices.Where(c => c.Hint is not null))
                yield return text.Labelled(choice.Label, choice.Hint!) with { Spacing = "Small" };
        }
    }

    private static string WithHint(Choice choice) => choice.Hint is null ? choice.Label : $"{choice.Label} ({choice.Hint})";

    private static ExecutePress Execute(string verb, string? id, string? title) => new(verb, new(id))
    {
        Title = title is null ? null : Title(title),
        Fallback = new SubmitPress(new(id, verb)) { Title = title is null ? null : Title(title) },
    };

    private static string Title(string label)
    {
        var clean = Turns.MessageText.Clean(label).ReplaceLineEndings(" ");
        return clean.Length <= TeamsLimits.ButtonTitle ? clean : Turns.MessageText.Cut(clean, TeamsLimits.ButtonTitle - 1) + "…";
    }

    private static string? Style(CardAction action) => action switch
    {
        CardAction.Approve or CardAction.Claim => "positive",
        CardAction.Deny => "destructive",
        _ => null,
    };
}
