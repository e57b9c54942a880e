using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Terminal;

/// <summary>A reply as lines of text.</summary>
internal static class TerminalText
{
    public static IEnumerable<string> Of(Reply reply)
    {
        foreach (var line in reply.Shown.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            yield return "bot> " + line;
        foreach (var line in reply.Card is { } card ? Of(card) : [])
            yield return "   | " + line;
        for (var i = 0; i < reply.Choices.Count; i++)
            yield return $"     [{i + 1}] {reply.Choices[i].Label}{(reply.Choices[i].Hint is { } hint ? $" ({hint})" : "")}";
        if (reply.Link is { } link)
            yield return $"     {link.Label}: open {link.Url.Reveal()} on the bot's address in a browser, until {link.ExpiresAt:HH:mm} UTC";
    }

    /// <summary>Without control and format characters; a terminal obeys them.</summary>
    public static string Plain(string line) =>
        string.Concat(line.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format));

    private static string Typed(Card card, CardAction action) =>
        action == CardAction.Approve && card.TypeToConfirm is { } name ? $"approve {name}" : action.ToString().ToLowerInvariant();

    private static IEnumerable<string> Part(Card part, int number)
    {
        foreach (var line in Of(part with { Buttons = [] }).Select((l, i) => i == 0 ? $"{number}. {l}" : $"   {l}"))
            yield return line;
        if (part.Buttons.Count > 0)
            yield return "   Write one of: " + string.Join(", ", part.Buttons.Select(b => $"{b.Action.ToString().ToLowerInvariant()} {number}"));
    }

    private static string AllOf(Card card) => "For all: " + string.Join(", ", card.Buttons.Select(b => $"{b.Action.ToString().ToLowerInvariant()} all"));

    private static IEnumerable<string> Of(Card card)
    {
        yield return $"{card.Title} [{card.StateText}] {card.RequestNumber}";
        foreach (var fact in card.Facts)
            yield return $"{fact.Label}: {fact.Value}";
        foreach (var change in card.Changes)
            yield return $"{change.Label}: {change.Before} -> {change.After}";
        foreach (var step in card.Steps)
            yield return $"Step: {step}";
        if (card.Risk is { } risk)
            yield return $"Risk: {risk.Level}, {risk.Reason}";
        if (card.ExpiresAt is { } expires)
            yield return $"Until {expires:yyyy-MM-dd HH:mm} UTC";
        if (card.Parts.Count > 0)
        {
            foreach (var line in card.Parts.SelectMany((p, i) => Part(p, i + 1)))
                yield return line;
            if (card.Buttons.Count > 0)
                yield return AllOf(card);
            yield break;
        }

        if (card.Buttons.Count > 0)
            yield return "Write one of: " + string.Join(", ", card.Buttons.Select(b => Typed(card, b.Action)));
    }
}
