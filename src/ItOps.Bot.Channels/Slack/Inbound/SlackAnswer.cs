using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ItOps.Bot.Channels.Slack.Blocks;

namespace ItOps.Bot.Channels.Slack.Inbound;

/// <summary>How a delivery is answered, over HTTP or in Socket Mode. With a status other than 200 it was not taken in.</summary>
internal sealed record SlackAnswer(int Status, string? ContentType = null, byte[]? Body = null)
{
    public static readonly SlackAnswer Done = new(200);

    /// <summary>Slack sends an event again, three times within the hour.</summary>
    public static readonly SlackAnswer TryAgain = new(503);

    public static SlackAnswer Text(string text) => new(200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static SlackAnswer Ephemeral(SlackMessage message) => Json(SlackResponse.Ephemeral(message), SlackJson.Default.SlackResponse);

    /// <summary>Closes the modal, and any below it.</summary>
    public static SlackAnswer Close { get; } = Json(new("clear"), SlackJson.Default.SlackViewErrors);

    /// <summary>The modal stays as it is, with a complaint under an input.</summary>
    public static SlackAnswer Complaint(string block, string text) =>
        Json(new("errors") { Errors = new Dictionary<string, string> { [block] = text } }, SlackJson.Default.SlackViewErrors);

    private static SlackAnswer Json<T>(T body, JsonTypeInfo<T> type) => new(200, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(body, type));
}
