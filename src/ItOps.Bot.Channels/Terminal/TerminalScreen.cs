using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Terminal;

/// <summary>
/// What stands on the terminal: it prints replies and remembers which number means which choice. Everything that is printed is free of control characters, so that no text
/// can move the cursor or hide a line (I5).
/// </summary>
public sealed class TerminalScreen(TextWriter output)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<Choice> _choices = [];
    private Card? _card;

    public void Show(Reply reply)
    {
        lock (_gate)
        {
            foreach (var line in TerminalText.Of(reply))
                output.WriteLine(TerminalText.Plain(line));
            if (reply.Choices.Count > 0)
                _choices = reply.Choices;
            if (reply.Card is { ApprovalId: not null } card && card.Parts.Append(card).Any(c => c.Buttons.Count > 0))
                _card = card;
            output.Flush();
        }
    }

    public void Say(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    /// <summary>The choice that a number stands for; none when it stands for none.</summary>
    public Choice? ChoiceFor(string input)
    {
        lock (_gate)
            return int.TryParse(input, out var number) && number >= 1 && number <= _choices.Count ? _choices[number - 1] : null;
    }

    /// <summary>"all", or the number of a part.</summary>
    private static Card? Meant(Card card, string place) =>
        place.Equals("all", StringComparison.OrdinalIgnoreCase) ? card
        : int.TryParse(place, out var number) && number >= 1 && number <= card.Parts.Count && card.Parts[number - 1].ApprovalId is not null ? card.Parts[number - 1]
        : null;

    /// <summary>The button of the last approval card that the words name, in a card of several behind which one is meant, and the note behind them; behind an approval that asks for one, the name.</summary>
    public (string ApprovalId, CardAction Action, string? Note, string? Typed)? PressFor(string input)
    {
        lock (_gate)
        {
            if (_card is not { } card)
                return null;
            var word = input.Split(' ', 2, StringSplitOptions.TrimEntries);
            if (card.Parts.Count > 0)
            {
                var which = word.Length > 1 ? word[1].Split(' ', 2, StringSplitOptions.TrimEntries) : [];
                if (which is not [var place, ..] || Meant(card, place) is not { } meant)
                    return null;
                (card, word) = (meant, [word[0], .. which.Skip(1)]);
            }

            var button = card.Buttons.FirstOrDefault(b => b.Action.ToString().Equals(word[0], StringComparison.OrdinalIgnoreCase));
            var behind = word.Length > 1 ? word[1] : null;
            if (button is null)
                return null;
            return button.Action == CardAction.Approve && card.TypeToConfirm is not null
                ? (card.ApprovalId!, button.Action, null, behind)
                : (card.ApprovalId!, button.Action, behind, null);
        }
    }
}
