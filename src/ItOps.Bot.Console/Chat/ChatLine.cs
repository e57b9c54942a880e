using ItOps.Bot.Conversations;

namespace ItOps.Bot.Console.Chat;

/// <summary>
/// One message as the page shows it. <paramref name="HidesCard"/>: a newer message holds the card of the same approval.
/// <paramref name="Pressed"/> is the choice that was taken, if one was.
/// </summary>
public sealed record ChatLine(TranscriptMessage Message, bool HidesCard, string? Pressed)
{
    /// <summary>How many messages a page shows.</summary>
    public const int Most = 200;

    private const string ChoiceMark = ".choice.";

    /// <summary>A choice can be taken once: its message and its turn have the same id however often it is pressed.</summary>
    public static string IdOfChoice(string userName, string choiceId) => userName + ChoiceMark + choiceId;

    public static IReadOnlyList<ChatLine> Of(IReadOnlyList<TranscriptMessage> messages, string userName)
    {
        var own = messages.Where(m => m.Text is not null).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        var newest = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            if (message.Reply?.Card?.ApprovalId is { } approval)
                newest[approval] = message.Id;
        }

        return
        [
            .. messages.Select(message => new ChatLine(
                message,
                message.Reply?.Card?.ApprovalId is { } approval && newest[approval] != message.Id,
                message.Reply?.Choices.FirstOrDefault(c => own.Contains(IdOfChoice(userName, c.Id)))?.Id)),
        ];
    }
}
