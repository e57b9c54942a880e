using System.Globalization;
using System.Text;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;
using MimeKit;

namespace ItOps.Bot.Channels.Mail;

/// <summary>A reply as a plain text mail: no markup that could hide anything, and one line is one line whatever stands in a name.</summary>
internal sealed class MailRenderer(MailOptions options, TimeProvider time)
{
    /// <summary>The id repeats with a delivery that may have been sent before, so that mail programs show it once.</summary>
    public MimeMessage Render(Delivery delivery)
    {
        var message = new MimeMessage
        {
            MessageId = $"{delivery.Id}@{options.From.Domain}",
            Date = time.GetUtcNow(),
            Subject = Line(Subject(delivery.Reply), MailLimits.Subject),
            Body = new TextPart("plain") { Text = Text(delivery.Reply) },
        };
        message.From.Add(options.From);
        message.To.Add(Recipient(delivery.To));
        // RFC 3834: nobody's out-of-office answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static MailboxAddress Recipient(ConversationId to) => MailLimits.IsPlain(to.Value)
        ? new("", to.Value)
        : throw new DeliveryException(DeliveryFailure.Refused, $"{to} is no plain mail address.");

    private static string Subject(Reply reply) => reply.Card?.Title ?? reply.Text.Split('\n', 2)[0];

    private string Text(Reply reply)
    {
        var text = new StringBuilder();
        foreach (var line in MessageText.Clean(reply.Shown).Split('\n'))
            text.AppendLine(line);
        if (reply.Card is { } card)
        {
            text.AppendLine().AppendLine(Line(card.Title, int.MaxValue));
            if (card.RequestNumber is { } number)
                text.AppendLine($"{Words.English.Request}: {Line(number, int.MaxValue)}");
            foreach (var fact in card.Facts)
                text.AppendLine($"{Line(fact.Label, int.MaxValue)}: {Line(fact.Value, int.MaxValue)}{(fact.At is { } at ? ", " + Moment(at) : "")}");
            foreach (var change in card.Changes)
                text.AppendLine($"{Line(change.Label, int.MaxValue)}: {Line(change.Before, int.MaxValue)} -> {Line(change.After, int.MaxValue)}");
        }

        if (reply.Link is { } link)
        {
            text.AppendLine().AppendLine($"{Line(link.Label, int.MaxValue)}:");
            text.AppendLine(new Uri(options.PublicUrl, link.Url.Reveal().TrimStart('/')).AbsoluteUri);
            text.AppendLine($"{Words.English.WorksOnceUntil} {Moment(link.ExpiresAt)}.");
        }

        return text.AppendLine().AppendLine("--").AppendLine(Words.English.MailIsNotRead).ToString();
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>One line without control and format characters: a name cannot begin a line of its own, let alone a header.</summary>
    private static string Line(string text, int limit)
    {
        var line = MessageText.Clean(text.ReplaceLineEndings(" ")).ReplaceLineEndings(" ");
        return line.Length <= limit ? line : MessageText.Cut(line, limit - 1) + "…";
    }
}
