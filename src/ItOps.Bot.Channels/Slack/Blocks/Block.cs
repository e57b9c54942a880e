using System.Text.Json.Serialization;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>A block of Slack's Block Kit (docs.slack.dev/reference/block-kit/blocks); only those that are used here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(RichTextBlock), "rich_text")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
[JsonDerivedType(typeof(InputBlock), "input")]
internal abstract record Block
{
    public string? BlockId { get; init; }
}

internal sealed record HeaderBlock(PlainText Text) : Block;

internal sealed record SectionBlock(PlainText Text) : Block;

internal sealed record RichTextBlock(IReadOnlyList<RichElement> Elements) : Block;

internal sealed record ActionsBlock(IReadOnlyList<Element> Elements) : Block;

internal sealed record DividerBlock : Block;

internal sealed record InputBlock(PlainText Label, Element Element) : Block
{
    public PlainText? Hint { get; init; }

    public bool? Optional { get; init; }
}

/// <summary>Text that Slack shows as it is: no mentions, no links, no markup, and no ":name:" turned into a picture.</summary>
internal sealed record PlainText(string Text)
{
    public string Type { get; } = "plain_text";

    public bool Emoji { get; }
}
