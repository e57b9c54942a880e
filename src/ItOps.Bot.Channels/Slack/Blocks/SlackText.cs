using System.Text.RegularExpressions;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>Text on its way into Slack and out of it.</summary>
internal static partial class SlackText
{
    /// <summary>For a field that Slack reads as mrkdwn: without these three nothing becomes a mention or a link.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>What a person wrote, as they saw it: mentions and links by their labels, and without the mention of <paramref name="bot"/>.</summary>
    public static string Plain(string text, string? bot = null)
    {
        var plain = Markup().Replace(text, match => Shown(match.Groups[1].Value, match.Groups[2].Value, bot));
        return plain.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal).Trim();
    }

    /// <summary>Never empty, never longer, nothing invisible in it; an ellipsis says that something was cut.</summary>
    public static string Fit(string text, int limit)
    {
        // What is far beyond the limit need not be looked at to be left out.
        var clean = MessageText.Clean(MessageText.Cut(text, limit * 4));
        if (clean.Length == 0)
            return "–";
        return clean.Length <= limit ? clean : MessageText.Cut(clean, limit - 1).TrimEnd() + "…";
    }

    /// <summary>The same on one line.</summary>
    public static string FitLine(string text, int limit) => Fit(text.ReplaceLineEndings(" "), limit);

    /// <summary>Pieces of at most <paramref name="limit"/>, broken between lines where that is possible.</summary>
    public static IEnumerable<string> Pieces(string text, int limit)
    {
        while (text.Length > limit)
        {
            var piece = MessageText.Cut(text, limit);
            var line = piece.LastIndexOf('\n');
            if (line > limit / 2)
                piece = piece[..line];
            yield return piece;
            text = text[piece.Length..].TrimStart('\n');
        }

        if (text.Length > 0)
            yield return text;
    }

    private static string Shown(string target, string label, string? bot) => target switch
    {
        ['@', .. var user] when user == bot => "",
        ['@', ..] => label.Length > 0 ? "@" + label.TrimStart('@') : target,
        ['#', ..] => label.Length > 0 ? "#" + label : target,
        ['!', .. var special] => label.Length > 0 ? label : "@" + special,
        _ => label.Length > 0 ? label : target,
    };

    [GeneratedRegex(@"<([^<>|]+)(?:\|([^<>]*))?>")]
    private static partial Regex Markup();
}
