using System.Net;
using System.Text.Json;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Slack over a connection that the bot opens, so that nothing of the bot has to be reachable.</summary>
public sealed class SocketModeStories
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unlock_is_asked_and_approved_twice_over_connections_that_come_and_go_and_runs_once()
    {
        await using var bot = await ConnectedBot.StartAsync(socket: true);
        var (alice, omar) = (bot.InSlack("alice"), bot.InSlack("omar"));

        await alice.Says("i cant log in, think im locked out");
        await alice.Sees("Which account");
        await bot.Slack.Socket.AskForNewConnectionAsync();
        await bot.Slack.Socket.WhenConnectedAsync(2).WaitAsync(Stop);
        await alice.Taps("alice in Directory");
        await alice.Sees("I've asked IT");

        bot.Slack.Fails("apps.connections.open", SlackTrouble.Answers(500), times: 2);
        await bot.Slack.Socket.DropAsync();
        await bot.Slack.Socket.WhenConnectedAsync(3).WaitAsync(Stop);
        await omar.SeesApproval("Unlock alice in Directory");
        await Task.WhenAll(omar.Approves(), omar.Approves());

        await alice.Sees("You're unlocked");
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        await alice.Taps("Yes");
        Assert.True((await bot.Bot.LastRequestAsync()).Helped);
        Assert.Equal(3, bot.Slack.Socket.Connections);
    }

    [Fact]
    public async Task What_a_form_and_a_command_say_comes_over_the_connection_and_a_restart_makes_a_new_one()
    {
        await using var bot = await ConnectedBot.StartAsync(socket: true);
        var (alice, omar) = (bot.InSlack("alice"), bot.InSlack("omar"));
        await alice.Commands("im locked out");
        await alice.Taps("alice in Directory");

        await bot.RestartAsync();
        await omar.SeesApproval("Unlock alice in Directory");
        await omar.Denies("please call 4711 first");

        await alice.Sees("please call 4711 first");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(2, bot.Slack.Socket.Connections);
    }

    [Fact]
    public async Task Ready_is_only_who_is_connected()
    {
        await using var bot = await ConnectedBot.StartAsync(socket: true);
        await TakesAsync(bot);
        Assert.Equal((HttpStatusCode.OK, "ok"), await ReadyAsync(bot));

        bot.Slack.Socket.Greets = false;
        await bot.Slack.Socket.DropAsync();
        await bot.Slack.Socket.WhenConnectedAsync(2).WaitAsync(Stop);
        var (status, why) = await ReadyAsync(bot);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("Socket Mode is not connected", why, StringComparison.Ordinal);

        await bot.Slack.Socket.SendRawAsync("""{"type":"hello","num_connections":1}""");
        await TakesAsync(bot);
        Assert.Equal((HttpStatusCode.OK, "ok"), await ReadyAsync(bot));
    }

    [Theory]
    [InlineData("slack/events")]
    [InlineData("slack/commands")]
    [InlineData("slack/interactivity")]
    public async Task Nobody_reaches_it_over_http_however_well_it_is_signed(string path)
    {
        await using var bot = await ConnectedBot.StartAsync(socket: true);

        var receipt = await bot.Slack.PostAsync(path, "{}", "application/json");

        Assert.Equal(404, receipt.Status);
        Assert.Equal(["contacts.baseline", "runbooks.taken-in"], await bot.Bot.AuditedAsync());
    }

    /// <summary>Whatever came before on the connection has been read once this is acknowledged.</summary>
    private static Task<string> TakesAsync(ConnectedBot bot) => bot.Slack.Socket.DeliverAsync(
        "events_api", new { type = "event_callback", team_id = FakeSlack.Team, @event = new { type = "nothing" } }, cancellationToken: Stop);

    private static async Task<(HttpStatusCode Status, string? Slack)> ReadyAsync(ConnectedBot bot)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(bot.Bot.Url, "healthz/ready"), Stop);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        return (answer.StatusCode, json.RootElement.GetProperty("checks").GetProperty("slack").GetString());
    }
}
