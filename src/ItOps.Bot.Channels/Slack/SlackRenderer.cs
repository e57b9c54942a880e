using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Slack;

/// <summary>
/// A reply as Slack's blocks. Everything that people, targets or files may have written stands in plain text or rich text, where nothing is markup; each part is
/// cut to Slack's limits, and what a card leaves out is behind its button.
/// </summary>
internal sealed class SlackRenderer(SlackOptions options)
{
    private static readonly Words W = Words.English;

    /// <param name="reply">What the bot says.</param>
    /// <param name="key">New for each posting and each update, for the ids of the blocks.</param>
    public SlackMessage Render(Reply reply, string key)
    {
        var room = SlackLimits.TextInBlocks
            - (reply.Card switch { null => 0, { Parts.Count: > 0 } => SlackLimits.TextInGroup, _ => SlackLimits.TextInCard })
            - (reply.Choices.Count <= SlackLimits.ChoicesAsButtons ? 0 : SlackLimits.TextInMenu);
        var blocks = new List<Block>(Paragraphs(reply.Shown, Math.Max(room, SlackLimits.LineText)));
        if (reply.Card is { } card)
            blocks.AddRange(CardBlocks.Of(card));
        if (reply.Link is { } link)
            blocks.AddRange(Link(link));
        if (Choices(reply.Choices) is { } choices)
            blocks.Add(choices);
        if (reply.WantsWords)
            blocks.Add(new ActionsBlock([new Button(SlackActions.Answer, new(W.Answer))]));
        return new(Fallback(reply), Numbered(blocks, key));
    }

    /// <summary>A few words of our own.</summary>
    public static SlackMessage Plainly(string text) => new(SlackText.Escape(SlackText.Fit(text, SlackLimits.FallbackText)), [.. Paragraphs(text, SlackLimits.TextInBlocks)]);

    /// <summary>The same blocks, each under an id that no earlier state of the message had.</summary>
    public static IReadOnlyList<Block> Numbered(IEnumerable<Block> blocks, string key) => [.. blocks.Select((b, i) => b with { BlockId = $"{key}.{i}" })];

    /// <summary>One button for each choice, or a menu when there are many.</summary>
    private static ActionsBlock? Choices(IReadOnlyList<Choice> choices) => choices.Count switch
    {
        0 => null,
        <= SlackLimits.ChoicesAsButtons => new([.. choices.Select((c, i) => new Button(SlackActions.ChoiceButton(i), new(Label(c))) { Value = c.Id })]),
        _ => new([Menu([.. choices.Take(SlackLimits.Options)])]),
    };

    private static StaticSelect Menu(IReadOnlyList<Choice> choices)
    {
        var label = Math.Min(SlackLimits.OptionText, SlackLimits.TextInMenu / choices.Count);
        var hints = choices.Count <= SlackLimits.OptionsWithHint;
        return new(SlackActions.Choice, new(SlackText.FitLine(W.ChooseOne, SlackLimits.Placeholder)), [.. choices.Select(c => new Option(new(SlackText.FitLine(c.Label, label)), c.Id)
        {
            Description = hints && c.Hint is { } hint ? new(SlackText.FitLine(hint, SlackLimits.OptionText)) : null,
        })]);
    }

    private static string Label(Choice choice) =>
        SlackText.FitLine(choice.Hint is null ? choice.Label : $"{choice.Label} · {choice.Hint}", SlackLimits.ButtonText);

    private IEnumerable<Block> Link(SecretLink link)
    {
        yield return new ActionsBlock(
        [
            new Button(SlackActions.Link, new(SlackText.FitLine(link.Label, SlackLimits.ButtonText)))
            {
                Url = new Uri(options.PublicUrl, link.Url.Reveal().TrimStart('/')).AbsoluteUri,
                Style = "primary",
            },
        ]);
        yield return new RichTextBlock([new RichSection([new RichRun(W.WorksOnceUntil + " "), RichDate.Of(link.ExpiresAt)])]);
    }

    /// <summary>Rich text, in as many blocks as it takes; what is beyond the message's room is cut.</summary>
    public static IEnumerable<Block> Paragraphs(string text, int room) => string.IsNullOrWhiteSpace(text)
        ? []
        : SlackText.Pieces(SlackText.Fit(text, room), SlackLimits.SectionText).Select(piece => new RichTextBlock([new RichSection([new RichRun(piece)])]));

    /// <summary>What a notification shows. Slack reads mentions and links in it, so it is escaped, after cutting: half an entity is none.</summary>
    private static string Fallback(Reply reply)
    {
        var card = reply.Card is { } shown ? $"{shown.Title}: {shown.StateText}" : "";
        var text = string.Join(" – ", new[] { reply.Shown, card }.Where(t => !string.IsNullOrWhiteSpace(t)));
        return SlackText.Escape(SlackText.Fit(text, SlackLimits.FallbackText));
    }
}
