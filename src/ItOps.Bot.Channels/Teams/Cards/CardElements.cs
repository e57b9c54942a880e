using System.Text.Json.Serialization;

namespace ItOps.Bot.Channels.Teams.Cards;

/// <summary>An Adaptive Card 1.5, as far as the bot uses them. See https://adaptivecards.io/explorer for what each property means.</summary>
internal sealed record AdaptiveCard
{
    [JsonPropertyName("$schema")]
    public string Schema { get; } = "https://adaptivecards.io/schemas/adaptive-card.json";

    public string Type { get; } = "AdaptiveCard";

    public string Version { get; } = TeamsLimits.CardVersion;

    public CardRefresh? Refresh { get; init; }

    public IReadOnlyList<CardElement> Body { get; init; } = [];

    public IReadOnlyList<CardPress>? Actions { get; init; }

    [JsonPropertyName("msteams")]
    public TeamsWidth? Teams { get; init; }
}

internal sealed record TeamsWidth(string Width);

/// <summary>Asks the bot for the viewer's own version; without <paramref name="UserIds"/> Teams decides for whom.</summary>
internal sealed record CardRefresh(CardPress Action, IReadOnlyList<string>? UserIds);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextBlock), "TextBlock")]
[JsonDerivedType(typeof(RichTextBlock), "RichTextBlock")]
[JsonDerivedType(typeof(CardContainer), "Container")]
[JsonDerivedType(typeof(ColumnSet), "ColumnSet")]
[JsonDerivedType(typeof(ActionSet), "ActionSet")]
[JsonDerivedType(typeof(TextInput), "Input.Text")]
[JsonDerivedType(typeof(ChoiceInput), "Input.ChoiceSet")]
internal abstract record CardElement
{
    public string? Id { get; init; }

    public bool? IsVisible { get; init; }

    public string? Spacing { get; init; }

    public bool? Separator { get; init; }
}

/// <summary>Reads a part of Markdown and <c>{{DATE()}}</c>, so it holds only words of ours; everybody else's are a <see cref="RichTextBlock"/>.</summary>
internal sealed record TextBlock(string Text) : CardElement
{
    public bool Wrap { get; } = true;
    public bool? IsSubtle { get; init; }
    public string? Size { get; init; }
    public string? Color { get; init; }
    public string? Weight { get; init; }
}

/// <summary>Shows its runs literally.</summary>
internal sealed record RichTextBlock(IReadOnlyList<TextRun> Inlines) : CardElement;

internal sealed record TextRun(string Text)
{
    public string Type { get; } = "TextRun";
    public string? Weight { get; init; }
    public string? Size { get; init; }
    public string? Color { get; init; }
    public bool? IsSubtle { get; init; }
}

internal sealed record CardContainer(IReadOnlyList<CardElement> Items) : CardElement
{
    public string? Style { get; init; }
}

internal sealed record ColumnSet(IReadOnlyList<CardColumn> Columns) : CardElement;

internal sealed record CardColumn(string Width, IReadOnlyList<CardElement> Items)
{
    public string Type { get; } = "Column";
}

internal sealed record ActionSet(IReadOnlyList<CardPress> Actions) : CardElement;

internal sealed record TextInput(string Label, int MaxLength) : CardElement
{
    public bool IsMultiline { get; init; } = true;
    public bool IsRequired { get; init; } = true;
    public string? ErrorMessage { get; init; }
}

internal sealed record ChoiceInput(string Label, IReadOnlyList<ChoiceTitle> Choices) : CardElement
{
    public string Style { get; } = "compact";
    public bool IsRequired { get; } = true;
    public string? ErrorMessage { get; init; }
}

internal sealed record ChoiceTitle(string Title, string Value);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExecutePress), "Action.Execute")]
[JsonDerivedType(typeof(SubmitPress), "Action.Submit")]
[JsonDerivedType(typeof(ShowCardPress), "Action.ShowCard")]
[JsonDerivedType(typeof(ToggleVisibilityPress), "Action.ToggleVisibility")]
[JsonDerivedType(typeof(OpenUrlPress), "Action.OpenUrl")]
internal abstract record CardPress
{
    public string? Title { get; init; }

    /// <summary>"positive" or "destructive".</summary>
    public string? Style { get; init; }
}

internal sealed record ExecutePress(string Verb, PressData Data) : CardPress
{
    /// <summary>For clients that do not know Action.Execute. A submit carries no verb of its own.</summary>
    public CardPress? Fallback { get; init; }

    public string? AssociatedInputs { get; init; }
}

internal sealed record SubmitPress(PressData Data) : CardPress;

/// <param name="Id">Opaque (I4); none when an input of that name gives it.</param>
/// <param name="Verb">Only in a submit.</param>
internal sealed record PressData(string? Id, string? Verb = null);

internal sealed record ShowCardPress(InnerCard Card) : CardPress;

internal sealed record InnerCard(IReadOnlyList<CardElement> Body, IReadOnlyList<CardPress> Actions)
{
    public string Type { get; } = "AdaptiveCard";
}

internal sealed record ToggleVisibilityPress(IReadOnlyList<string> TargetElements) : CardPress;

internal sealed record OpenUrlPress(Uri Url) : CardPress;
