using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Teams.Cards;

/// <summary>How much of a card is shown; what is left out is on the request's page.</summary>
internal sealed record CardExtent(int Message, int Text, int Items, bool Details)
{
    /// <summary>Tried one after the other until the message is small enough; the last one always is.</summary>
    public static readonly IReadOnlyList<CardExtent> All =
    [
        new(8_000, 2_000, 40, Details: true),
        new(4_000, 600, 20, Details: true),
        new(2_000, 300, 12, Details: false),
        new(200, 40, 3, Details: false),
        new(60, 30, 1, Details: false),
        new(60, 30, 0, Details: false),
    ];
}

/// <summary>Text from anywhere as elements that show it literally (I5), cut to an extent; remembers whether something was cut.</summary>
internal sealed class CardText(CardExtent extent)
{
    private const string Ellipsis = "…";

    public bool WasCut { get; private set; }

    /// <summary>The same extent, for a part that remembers for itself whether it was cut.</summary>
    public CardText OfPart() => new(extent);

    public string Plain(string text, int? limit = null)
    {
        // {{DATE(…)}} is replaced by the clients wherever it stands, so only ours may stand.
        var clean = MessageText.Clean(text).Replace("{{", "{ {", StringComparison.Ordinal);
        var most = Math.Min(limit ?? int.MaxValue, extent.Text);
        if (clean.Length <= most)
            return clean;
        WasCut = true;
        return MessageText.Cut(clean, most - 1) + Ellipsis;
    }

    public IEnumerable<T> Some<T>(IReadOnlyList<T> items)
    {
        WasCut |= items.Count > extent.Items;
        return items.Take(extent.Items);
    }

    /// <summary>A line without any run, or a run without text, makes the whole card invalid.</summary>
    public static RichTextBlock Line(params IEnumerable<TextRun> runs) => new(runs.Where(r => r.Text.Length > 0).ToList() is { Count: > 0 } shown ? shown : [new("–")]);

    /// <summary>"Label: value" with a quiet label.</summary>
    public RichTextBlock Labelled(string label, string value) => Line(
        new TextRun(Plain(label) + "  ") { IsSubtle = true },
        new TextRun(Plain(value)));

    public static TextBlock Moment(string before, DateTimeOffset at)
    {
        var utc = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return new($"{before}{{{{DATE({utc},SHORT)}}}} {{{{TIME({utc})}}}}") { IsSubtle = true, Spacing = "Small" };
    }
}

/// <summary>The sign and the colour of a state; the word always stands beside them.</summary>
internal static class StateSign
{
    public static (string Sign, string Color) Of(CardState state) => state switch
    {
        CardState.Waiting => ("◷", "Warning"),
        CardState.Running => ("▶", "Accent"),
        CardState.Succeeded => ("✓", "Good"),
        CardState.Failed => ("✕", "Attention"),
        CardState.Denied => ("⊘", "Attention"),
        CardState.Expired => ("◌", "Default"),
        CardState.Cancelled => ("–", "Default"),
        CardState.Unknown => ("?", "Warning"),
        CardState.HandedOff => ("☺", "Accent"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static (string Sign, string Color) Of(RiskLevel level) => level switch
    {
        RiskLevel.None => ("○", "Default"),
        RiskLevel.Low => ("●", "Good"),
        RiskLevel.Medium => ("▲", "Warning"),
        _ => ("■", "Attention"),
    };
}
