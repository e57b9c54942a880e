using System.Globalization;
using System.Text.Json.Serialization;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>A paragraph or a list of rich text, in which text is never read as markup.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RichSection), "rich_text_section")]
[JsonDerivedType(typeof(RichList), "rich_text_list")]
internal abstract record RichElement;

internal sealed record RichSection(IReadOnlyList<RichPiece> Elements) : RichElement;

/// <param name="Style">"bullet" or "ordered".</param>
/// <param name="Elements">Sections, one for each entry.</param>
internal sealed record RichList(string Style, IReadOnlyList<RichElement> Elements) : RichElement;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RichRun), "text")]
[JsonDerivedType(typeof(RichDate), "date")]
internal abstract record RichPiece;

internal sealed record RichRun(string Text) : RichPiece
{
    public RichStyle? Style { get; init; }

    public static RichRun Bold(string text) => new(text) { Style = new() { Bold = true } };

    public static RichRun Struck(string text) => new(text) { Style = new() { Strike = true } };
}

internal sealed record RichStyle
{
    public bool? Bold { get; init; }

    public bool? Strike { get; init; }
}

/// <summary>A moment, shown in the reader's own time zone.</summary>
internal sealed record RichDate(long Timestamp, string Format, string Fallback) : RichPiece
{
    public static RichDate Of(DateTimeOffset at) => new(
        at.ToUnixTimeSeconds(), "{date_short_pretty} {time}", at.UtcDateTime.ToString("d MMMM, HH:mm 'UTC'", CultureInfo.InvariantCulture));
}
