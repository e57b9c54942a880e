using System.Text.Json.Serialization;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>Something to press, choose or write into.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(TextInput), "plain_text_input")]
internal abstract record Element(string ActionId);

internal sealed record Button(string ActionId, PlainText Text) : Element(ActionId)
{
    /// <summary>One opaque id, or nothing.</summary>
    public string? Value { get; init; }

    public string? Url { get; init; }

    /// <summary>"primary", "danger", or none for the quiet look.</summary>
    public string? Style { get; init; }
}

internal sealed record StaticSelect(string ActionId, PlainText Placeholder, IReadOnlyList<Option> Options) : Element(ActionId);

internal sealed record Option(PlainText Text, string Value)
{
    public PlainText? Description { get; init; }
}

internal sealed record TextInput(string ActionId) : Element(ActionId)
{
    public bool Multiline { get; init; } = true;

    public int MaxLength { get; init; } = SlackLimits.InputText;

    public string? InitialValue { get; init; }

    public bool FocusOnLoad { get; init; } = true;
}
