using System.Text.Json;
using System.Text.Json.Serialization;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>Slack's JSON in both directions: snake case, and nothing for what is not set.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackInteraction))]
[JsonSerializable(typeof(SlackEventCallback))]
[JsonSerializable(typeof(SlackEventType))]
[JsonSerializable(typeof(SlackEvent))]
[JsonSerializable(typeof(SlackCommand))]
[JsonSerializable(typeof(SlackEnvelope))]
[JsonSerializable(typeof(Block))]
[JsonSerializable(typeof(PostMessage))]
[JsonSerializable(typeof(UpdateMessage))]
[JsonSerializable(typeof(OpenConversation))]
[JsonSerializable(typeof(OpenView))]
[JsonSerializable(typeof(PublishView))]
[JsonSerializable(typeof(SlackResponse))]
[JsonSerializable(typeof(SlackViewErrors))]
[JsonSerializable(typeof(SlackEnvelopeAck))]
[JsonSerializable(typeof(SlackApiAnswer))]
internal sealed partial class SlackJson : JsonSerializerContext;
