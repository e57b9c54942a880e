using System.Text.Json.Serialization;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>A surface of its own: a modal, or a person's Home tab.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModalView), "modal")]
[JsonDerivedType(typeof(HomeView), "home")]
internal abstract record View(IReadOnlyList<Block> Blocks);

internal sealed record ModalView(PlainText Title, PlainText Close, IReadOnlyList<Block> Blocks) : View(Blocks)
{
    public PlainText? Submit { get; init; }

    public string? CallbackId { get; init; }

    public string? PrivateMetadata { get; init; }
}

internal sealed record HomeView(IReadOnlyList<Block> Blocks) : View(Blocks);
