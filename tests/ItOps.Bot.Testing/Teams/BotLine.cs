using System.Net.Http.Headers;
using System.Text;

namespace ItOps.Bot.Testing.Teams;

/// <summary>The way to the bot's messaging endpoint.</summary>
internal sealed class BotLine
{
    private HttpClient? _bot;
    private Func<Task> _settle = () => Task.CompletedTask;

    public void Connect(HttpClient bot, Func<Task> settle) => (_bot, _settle) = (bot, settle);

    public Task SettleAsync() => _settle();

    public async Task<HttpResponseMessage> PostAsync(string json, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/messages") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await (_bot ?? throw new InvalidOperationException("Connect the fake to a bot first.")).SendAsync(request);
    }
}
