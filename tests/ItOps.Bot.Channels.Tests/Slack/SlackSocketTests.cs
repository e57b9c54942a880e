using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_commands_and_presses_come_the_same_way_over_the_socket()
    {
        await using var stage = await ConnectedAsync();
        var alice = stage.Slack.User("U0ALICE");
        await stage.SaysAsync(new("Which?") { Choices = [new("c1", "This one")] });

        await alice.Says("im locked out");
        await alice.Taps("This one");
        await alice.Commands("status", "C0GENERAL");
        await alice.AsksItAbout("vpn");
        await alice.Submits("vpn is down");

        Assert.Equal(["MessageTurn", "ChoiceTurn", "MessageTurn", "MessageTurn"], stage.Memory.Turns.Select(t => t.GetType().Name));
        Assert.All(stage.Memory.Turns, t => Assert.Equal("T0LAB/U0ALICE", t.Conversation.Value));
        Assert.Contains(alice.Ephemerals, m => m.Shown == Words.English.OnItInDirect);
        Assert.Null(alice.Modal);
    }

    [Fact]
    public async Task Readiness_tells_whether_it_is_connected()
    {
        await using var stage = await SlackStage.StartAsync(socket: true, before: slack => slack.Socket.Greets = false);
        await stage.Slack.Socket.WhenConnectedAsync().WaitAsync(Patience, Stop);
        Assert.Contains("not connected", stage.Check.Problem, StringComparison.Ordinal);

        await stage.Slack.Socket.SendRawAsync("""{"type":"hello","num_connections":1}""");
        await stage.Slack.Socket.DeliverAsync("events_api", new { type = "event_callback", team_id = "T0LAB", @event = new { type = "nothing" } }, cancellationToken: Stop);

        Assert.Null(stage.Check.Problem);
    }

    [Theory]
    [InlineData("refresh_requested")]
    [InlineData("warning")]
    public async Task When_Slack_asks_for_a_new_connection_there_is_one_at_once(string reason)
    {
        await using var stage = await ConnectedAsync(new FakeTimeProvider());

        await stage.Slack.Socket.AskForNewConnectionAsync(reason);
        await stage.Slack.Socket.WhenConnectedAsync(2).WaitAsync(Patience, Stop);
        await stage.Slack.User("U0ALICE").Says("im locked out");

        Assert.Single(stage.Memory.Turns);
    }

    [Fact]
    public async Task A_line_that_breaks_is_made_anew_more_and_more_slowly_until_it_holds()
    {
        await using var stage = await ConnectedAsync();
        var start = stage.Time.GetUtcNow();
        stage.Slack.Fails("apps.connections.open", SlackTrouble.Answers(500), times: 2);

        await stage.Slack.Socket.DropAsync();
        await stage.Slack.Socket.WhenConnectedAsync(2).WaitAsync(Patience, Stop);

        Assert.Equal(1 + 2 + 4, (stage.Time.GetUtcNow() - start).TotalSeconds);
        await stage.Slack.User("U0ALICE").Says("im locked out");
        Assert.Null(stage.Check.Problem);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_acknowledged_and_Slack_sends_it_again()
    {
        await using var stage = await ConnectedAsync();
        var alice = stage.Slack.User("U0ALICE");
        var message = alice.Event(alice.MessageEvent("im locked out", "1.1"));
        stage.Memory.IsDown = true;
        var first = stage.Slack.Socket.DeliverAsync("events_api", message, "env-1", Stop);
        await stage.Slack.Socket.DeliverAsync("slash_commands", new { team_id = "T0LAB", user_id = "U0ALICE", text = "x", trigger_id = "9.9" }, "env-2", Stop);
        Assert.False(first.IsCompleted);

        stage.Memory.IsDown = false;
        await stage.Slack.Socket.DeliverAsync("events_api", message, "env-3", Stop);
        await stage.Slack.Socket.DeliverAsync("events_api", message, "env-4", Stop);

        Assert.Single(stage.Memory.Turns);
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task What_makes_no_sense_is_left_and_the_next_is_taken()
    {
        await using var stage = await ConnectedAsync();

        foreach (var nonsense in new[] { "", "hello", "[]", "null", "{}", "{\"type\":7}", "{\"type\":\"interactive\"}", "{\"type\":\"interactive\",\"envelope_id\":\"e\",\"payload\":\"x\"}", new string('x', 600_000) })
            await stage.Slack.Socket.SendRawAsync(nonsense);
        await stage.Slack.Socket.DeliverAsync("interactive", new { type = 5 }, cancellationToken: Stop);
        await stage.Slack.User("U0ALICE").Says("im locked out");

        Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns));
        Assert.Equal(1, stage.Slack.Socket.Connections);
    }

    [Fact]
    public async Task The_app_token_opens_the_socket_and_nothing_else()
    {
        await using var stage = await ConnectedAsync();
        await stage.SaysAsync(new("Hello"));

        Assert.All(stage.Slack.Calls, c => Assert.Equal(c.Method == "apps.connections.open" ? "Bearer " + stage.Slack.AppToken : "Bearer " + stage.Slack.BotToken, c.Authorization));
    }

    [Fact]
    public async Task A_bad_app_token_is_named_in_readiness_and_tried_again_slowly()
    {
        var time = new FakeTimeProvider();
        await using var stage = await SlackStage.StartAsync(socket: true, time: time, settings: new() { ["Channels:Slack:AppToken"] = "xapp-wrong" });
        await stage.Check.ExamineAsync(Stop);

        Assert.Contains("Channels:Slack:AppToken", (await stage.Check.ExamineAsync(Stop)).Single(f => f.What == "app token").Problem, StringComparison.Ordinal);
        Assert.NotNull(stage.Check.Problem);
        Assert.Equal(0, stage.Slack.Socket.Connections);
    }

    private static async Task<SlackStage> ConnectedAsync(FakeTimeProvider? time = null)
    {
        var stage = await SlackStage.StartAsync(socket: true, time: time);
        await stage.Slack.Socket.WhenConnectedAsync().WaitAsync(Patience, Stop);
        return stage;
    }
}
