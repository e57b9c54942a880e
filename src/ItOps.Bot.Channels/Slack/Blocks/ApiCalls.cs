using System.Text.Json;

namespace ItOps.Bot.Channels.Slack.Blocks;

// What the Web API's methods take, and the one shape in which they all answer.

/// <summary>chat.postMessage. Links are not unfurled: previews fetch them.</summary>
internal sealed record PostMessage(string Channel, string Text, IReadOnlyList<Block> Blocks)
{
    public string? ThreadTs { get; init; }

    public bool UnfurlLinks { get; }

    public bool UnfurlMedia { get; }

    public bool Mrkdwn { get; }
}

/// <summary>chat.update.</summary>
internal sealed record UpdateMessage(string Channel, string Ts, string Text, IReadOnlyList<Block> Blocks);

/// <summary>conversations.open.</summary>
internal sealed record OpenConversation(string Users);

/// <summary>views.open.</summary>
internal sealed record OpenView(string TriggerId, View View);

/// <summary>views.publish.</summary>
internal sealed record PublishView(string UserId, View View);

/// <summary>An answer to a command, or to a response_url.</summary>
internal sealed record SlackResponse
{
    public string? Text { get; init; }

    public IReadOnlyList<Block>? Blocks { get; init; }

    public string? ResponseType { get; init; }

    public bool? ReplaceOriginal { get; init; }

    public bool? DeleteOriginal { get; init; }

    /// <summary>Seen by the one person who asked, until they reload.</summary>
    public static SlackResponse Ephemeral(SlackMessage message) => new() { ResponseType = "ephemeral", Text = message.Text, Blocks = message.Blocks, ReplaceOriginal = false };
}

/// <summary>An answer to a submitted modal: it stays open with a complaint under an input, or everything closes.</summary>
internal sealed record SlackViewErrors(string ResponseAction)
{
    public IReadOnlyDictionary<string, string>? Errors { get; init; }
}

/// <summary>Socket Mode's acknowledgement, with the answer where one is taken.</summary>
internal sealed record SlackEnvelopeAck(string EnvelopeId)
{
    public JsonElement? Payload { get; init; }
}

internal sealed record SlackApiAnswer
{
    public bool Ok { get; init; }

    public string? Error { get; init; }

    public string? Needed { get; init; }

    public string? Ts { get; init; }

    /// <summary>An id after a post, an object after conversations.open.</summary>
    public JsonElement? Channel { get; init; }

    public string? TeamId { get; init; }

    public string? Team { get; init; }

    public string? UserId { get; init; }

    public JsonElement? User { get; init; }

    public string? Url { get; init; }

    public SlackApiDetails? ResponseMetadata { get; init; }
}

internal sealed record SlackApiDetails(IReadOnlyList<string>? Messages);

/// <summary>A message for Slack: blocks, and the text for notifications, in which nothing is markup.</summary>
internal sealed record SlackMessage(string Text, IReadOnlyList<Block> Blocks);
