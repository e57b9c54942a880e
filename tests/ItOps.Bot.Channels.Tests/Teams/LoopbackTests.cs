using System.Net;
using System.Text.Json.Nodes;
using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Testing.Teams;

namespace ItOps.Bot.Channels.Tests.Teams;

/// <summary>For the Agents Playground the proof may be missing on this computer in Development, and nowhere else.</summary>
public sealed class LoopbackTests
{
    private static readonly Dictionary<string, string?> Playground = new() { ["AllowUnauthenticatedLoopback"] = "true", ["ClientSecret"] = "" };

    [Fact]
    public async Task Outside_Development_it_stops_the_start()
    {
        await using var teams = await FakeBotConnector.StartAsync(TimeProvider.System);

        var refused = Assert.Throws<SettingException>(() => TeamsHost.Options(teams, Playground, isDevelopment: false));

        Assert.Contains("Channels:Teams:AllowUnauthenticatedLoopback", refused.Message);
    }

    [Fact]
    public async Task A_message_of_this_computer_is_taken_and_answered_without_any_token()
    {
        await using var host = await TeamsHost.StartAsync(Playground);

        using var taken = await host.Teams.DeliverAsync(Message(host), null);

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Single(host.Store.Turns);
        Assert.Null(host.SelfCheck.Problem);
        await Assert.ThrowsAsync<Replies.DeliveryException>(() => host.SayAsync(host.Alice, new("hello")));
        Assert.Equal(0, host.Teams.Entra.Asked);
    }

    [Fact]
    public async Task A_service_url_elsewhere_needs_a_token()
    {
        await using var host = await TeamsHost.StartAsync(Playground);

        using var refused = await host.Teams.DeliverAsync(Message(host, m => m["serviceUrl"] = "https://smba.example.net/emea/"), null);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Empty(host.Store.Routes);
    }

    [Theory]
    [InlineData("Authorization", "")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Basic eDp5")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Host", "bot.example.com")]
    [InlineData("Origin", "https://some.page.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_request_that_came_through_something_or_brings_a_header_of_its_own_needs_a_token(string header, string value)
    {
        await using var host = await TeamsHost.StartAsync(Playground);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/messages") { Content = new StringContent(Message(host), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(header, value);

        using var refused = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Empty(host.Store.Turns);
    }

    [Fact]
    public async Task The_tenant_still_counts()
    {
        await using var host = await TeamsHost.StartAsync(Playground);

        using var refused = await host.Teams.DeliverAsync(Message(host, m => m["conversation"]!["tenantId"] = "11111111-1111-4111-8111-111111111111"), null);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static string Message(TeamsHost host, Action<JsonObject>? change = null)
    {
        var message = host.Alice.Activity("message", host.Alice.Chat);
        message["text"] = "hello";
        change?.Invoke(message);
        return message.ToJsonString();
    }
}
