using System.Text;
using System.Text.Json;

namespace ItOps.Bot.Testing.Slack;

/// <summary>Brings something to the bot, signed over HTTP, or over Socket Mode while the bot is connected.</summary>
public static class SlackDeliveries
{
    private static readonly HttpClient s_http = new();

    public static Task<SlackReceipt> CommandAsync(this FakeSlack slack, Dictionary<string, string> form) =>
        slack.Socket.IsConnected ? slack.OverSocketAsync("slash_commands", form) : slack.PostAsync("slack/commands", Encode(form), "application/x-www-form-urlencoded");

    public static Task<SlackReceipt> InteractionAsync(this FakeSlack slack, object payload) => slack.Socket.IsConnected
        ? slack.OverSocketAsync("interactive", payload)
        : slack.PostAsync("slack/interactivity", Encode(new() { ["payload"] = JsonSerializer.Serialize(payload) }), "application/x-www-form-urlencoded");

    public static Task<SlackReceipt> EventAsync(this FakeSlack slack, object payload) =>
        slack.Socket.IsConnected ? slack.OverSocketAsync("events_api", payload) : slack.PostAsync("slack/events", JsonSerializer.Serialize(payload), "application/json");

    /// <summary>A body with Slack's signature over it.</summary>
    public static Task<SlackReceipt> PostAsync(this FakeSlack slack, string path, string body, string type)
    {
        var now = slack.Time.GetUtcNow();
        return slack.PostAsync(path, body, type, SlackSigner.Timestamp(now), SlackSigner.Sign(slack.SigningSecret, now, body));
    }

    /// <summary>A body with any signature, or none.</summary>
    public static async Task<SlackReceipt> PostAsync(this FakeSlack slack, string path, string body, string type, string? timestamp, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(slack.Bot ?? throw new SlackStoryException("FakeSlack.Bot is not set."), path))
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        if (timestamp is not null)
            request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature);
        using var response = await s_http.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static string Encode(Dictionary<string, string> form) => string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));

    private static async Task<SlackReceipt> OverSocketAsync(this FakeSlack slack, string type, object payload) => new(200, await slack.Socket.DeliverAsync(type, payload));
}
