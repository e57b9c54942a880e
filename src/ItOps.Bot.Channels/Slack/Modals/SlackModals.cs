using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Modals;

/// <summary>The forms that open over Slack. What one is about travels in its private metadata: a fixed word and one opaque id.</summary>
internal static class SlackModals
{
    public const string Note = "note";
    public const string Typed = "typed";
    public const string Words = "words";
    public const string AskIt = "ask_it";

    /// <summary>The one input of every form: its block's id and its action's id.</summary>
    public const string Input = "words";

    private static readonly Words W = Replies.Words.English;

    /// <summary>The words that go along with a press: the reason of a denial, a question to the requester, a reply.</summary>
    public static ModalView ForNote(Verdict verdict, string approval)
    {
        var action = verdict.Button();
        var input = new InputBlock(new(W.NoteLabel(action)), new TextInput(Input) { MaxLength = action is CardAction.Reply ? HandOffMessage.Longest : SlackLimits.Note })
        {
            BlockId = Input,
            Hint = new(W.NoteHint(action)),
            Optional = action.Note() == CardNote.Wanted ? true : null,
        };
        var title = action switch { CardAction.Ask => W.Ask, CardAction.Reply => W.ReplyToThem, CardAction.Resolve => W.ResolveIt, _ => W.Deny };
        return Form(title, Note, [input], $"{verdict} {approval}");
    }

    public static bool MayBeEmpty(SlackViewRef view) => view.CallbackId == Note && view.PrivateMetadata?.StartsWith(nameof(Verdict.Resolve) + " ", StringComparison.Ordinal) == true;

    /// <summary>The name that must be typed to approve; the card says which.</summary>
    public static ModalView ForTyped(string approval) => Form(
        W.Approve, Typed, [new InputBlock(new(W.NameToType), new TextInput(Input) { Multiline = false, MaxLength = SlackLimits.Note }) { BlockId = Input, Hint = new(W.NameToTypeHint) }], approval);

    /// <summary>A question's answer in the person's own words.</summary>
    public static ModalView ForWords(string? question)
    {
        var blocks = SlackRenderer.Paragraphs(SlackText.Plain(question ?? ""), SlackLimits.SectionText).ToList();
        return Form(W.Answer, Words, [.. blocks, new InputBlock(new(W.Answer), new TextInput(Input)) { BlockId = Input }], null);
    }

    /// <summary>Somebody's message, to be asked about; the words can be changed first.</summary>
    public static ModalView ForMessage(string? text)
    {
        var words = SlackText.Plain(text ?? "");
        var input = new TextInput(Input) { InitialValue = words.Length == 0 ? null : SlackText.Fit(words, SlackLimits.InputText) };
        return Form(W.AskIt, AskIt, [new InputBlock(new(W.WhatShallItLookAt), input) { BlockId = Input }], null);
    }

    /// <summary>All of a card, with what was cut or folded.</summary>
    public static ModalView ForDetails(Card card, Uri publicUrl)
    {
        var shown = new List<Block> { new HeaderBlock(new(SlackText.FitLine(card.Title, SlackLimits.HeaderText))) };
        var room = SlackLimits.TextInView;
        foreach (var (label, text) in Everything(card))
        {
            var paragraph = Paragraph(label, text).ToList();
            room -= SlackLimits.LineText + Math.Min(text.Length, SlackLimits.TextInParagraph);
            if (room < 0 || shown.Count + paragraph.Count > SlackLimits.BlocksInView - 2)
                break;
            shown.AddRange(paragraph);
        }

        if (card.RequestId is { } request)
        {
            shown.AddRange(Paragraph(W.Request, card.RequestNumber ?? request).Take(1));
            shown.Add(new ActionsBlock([new Button(SlackActions.Link, new(W.OpenInConsole)) { Url = new Uri(publicUrl, "requests/" + Uri.EscapeDataString(request)).AbsoluteUri }]));
        }

        return new(new(Title(W.Details)), new(Title(W.Close)), shown);
    }

    private static IEnumerable<(string? Label, string Text)> Everything(Card card)
    {
        if (card.Title.Length > SlackLimits.HeaderText)
            yield return (null, card.Title);
        foreach (var fact in card.Facts)
            yield return (fact.Label, fact.Value);
        if (card.Changes.Count > 0)
            yield return (W.Changes, string.Join('\n', card.Changes.Select(c => $"{c.Label}: {c.Before} → {c.After}")));
        if (card.Steps.Count > 0)
            yield return (W.Steps, string.Join('\n', card.Steps.Select((s, i) => $"{i + 1}. {s}")));
        if (card.Risk is { } risk)
            yield return (W.Risk, $"{W.RiskOf(risk.Level)}, {risk.Reason}");
        foreach (var detail in card.Details)
            yield return (detail.Label, detail.Value);
        foreach (var part in card.Parts)
            yield return (part.Title, string.Join('\n', Everything(part).Select(e => $"{e.Label}: {e.Text}").Prepend(part.StateText)));
    }

    /// <summary>A sentence where a form cannot be shown.</summary>
    public static ModalView Saying(string text) => new(new(Title(W.Details)), new(Title(W.Close)), [.. SlackRenderer.Paragraphs(text, SlackLimits.SectionText)]);

    private static ModalView Form(string title, string callback, IReadOnlyList<Block> blocks, string? about) => new(new(Title(title)), new(Title(W.Close)), blocks)
    {
        Submit = new(Title(W.Send)),
        CallbackId = callback,
        PrivateMetadata = about,
    };

    private static string Title(string text) => SlackText.FitLine(text, SlackLimits.ModalTitle);

    private static IEnumerable<Block> Paragraph(string? label, string text)
    {
        var first = true;
        foreach (var piece in SlackText.Pieces(SlackText.Fit(text, SlackLimits.TextInParagraph), SlackLimits.SectionText))
        {
            yield return new RichTextBlock([new RichSection(first && label is not null
                ? [RichRun.Bold(SlackText.FitLine(label, SlackLimits.LineText) + ": "), new RichRun(piece)]
                : [new RichRun(piece)])]);
            first = false;
        }
    }
}
