using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackEventsTests
{
    [Fact]
    public async Task A_direct_message_is_a_turn()
    {
        await using var stage = await SlackStage.StartAsync();

        await stage.Slack.User("U0ALICE").Says("i cant log in, see <https://status.example.com|the status page> &amp; tell <@U0BOB|bob>");

        var turn = Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns));
        Assert.Equal("i cant log in, see the status page & tell @bob", turn.Text);
        Assert.Equal(new ConversationId("slack", "T0LAB/U0ALICE"), turn.Conversation);
        Assert.Empty(stage.Memory.Along);
    }

    [Fact]
    public async Task A_message_sent_again_with_its_id_or_a_new_one_is_the_same_turn()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        var message = alice.MessageEvent("im locked out", "1700000000.000001");

        foreach (var eventId in new[] { "Ev1", "Ev1", "Ev2" })
        {
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(200, (await stage.Slack.EventAsync(alice.Event(message, eventId))).Status);
        }

        Assert.Single(stage.Memory.Turns);
        await alice.Says("im locked out");
        Assert.Equal(2, stage.Memory.Turns.Count);
    }

    [Fact]
    public async Task A_mention_is_answered_in_private_with_a_pointer_where_it_was()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.AddChannel("C0HELP");
        var alice = stage.Slack.User("U0ALICE");

        var ts = await alice.Mentions("C0HELP", "im locked out");

        var turn = Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns));
        Assert.Equal("im locked out", turn.Text);
        Assert.Equal(new ConversationId("slack", "T0LAB/U0ALICE"), turn.Conversation);
        var pointer = Assert.IsType<MessageQueued>(Assert.Single(stage.Memory.Along)).Message;
        Assert.Equal(new ConversationId("slack", $"T0LAB/C0HELP/{ts}"), pointer.To);

        await stage.Channel.SendAsync(new(pointer.Id, pointer.To, pointer.Reply), TestContext.Current.CancellationToken);
        var posted = Assert.Single(stage.Slack.MessagesIn("C0HELP"));
        Assert.Equal((ts, Words.English.AnsweredInDirect), (posted.Thread, posted.Shown));
    }

    [Fact]
    public async Task A_mention_in_a_thread_points_into_that_thread()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");

        await stage.Slack.EventAsync(alice.Event(new { type = "app_mention", user = "U0ALICE", text = "<@U0BOT> help", channel = "C0HELP", ts = "5.2", thread_ts = "4.1" }));

        Assert.Equal("T0LAB/C0HELP/4.1", Assert.IsType<MessageQueued>(Assert.Single(stage.Memory.Along)).Message.To.Value);
    }

    [Fact]
    public async Task A_mention_in_the_direct_conversation_comes_twice_and_counts_once()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");

        await stage.Slack.EventAsync(alice.Event(alice.MessageEvent("<@U0BOT> im locked out", "1.1")));
        await stage.Slack.EventAsync(alice.Event(new { type = "app_mention", user = "U0ALICE", text = "<@U0BOT> im locked out", channel = alice.DirectChannel, ts = "1.1" }));

        Assert.Equal("im locked out", Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns)).Text);
        Assert.Empty(stage.Memory.Along);
    }

    [Theory]
    [InlineData("bot_id", "B01")]
    [InlineData("subtype", "message_changed")]
    [InlineData("subtype", "message_deleted")]
    [InlineData("subtype", "bot_message")]
    [InlineData("channel_type", "channel")]
    [InlineData("channel", null)]
    [InlineData("ts", null)]
    public async Task What_no_person_wrote_to_the_bot_is_left_alone(string field, string? value)
    {
        await using var stage = await SlackStage.StartAsync();
        var message = new Dictionary<string, string?> { ["type"] = "message", ["channel_type"] = "im", ["user"] = "U0ALICE", ["text"] = "hi", ["channel"] = "D0ALICE", ["ts"] = "1.1", [field] = value };

        Assert.Equal(200, (await stage.Slack.EventAsync(stage.Slack.User("U0ALICE").Event(message))).Status);

        Assert.Empty(stage.Memory.Turns);
    }

    [Fact]
    public async Task A_mention_that_was_edited_is_not_said_anew()
    {
        await using var stage = await SlackStage.StartAsync();

        await stage.Slack.EventAsync(stage.Slack.User("U0ALICE").Event(new { type = "app_mention", user = "U0ALICE", text = "<@U0BOT> hi", channel = "C0HELP", ts = "1.1", edited = new { user = "U0ALICE", ts = "2.1" } }));

        Assert.Empty(stage.Memory.Turns);
    }

    [Fact]
    public async Task A_picture_with_words_is_somebodys_words()
    {
        await using var stage = await SlackStage.StartAsync();

        await stage.Slack.EventAsync(stage.Slack.User("U0ALICE").Event(new { type = "message", subtype = "file_share", channel_type = "im", user = "U0ALICE", text = "vpn shows this", channel = "D0ALICE", ts = "1.1" }));

        Assert.Equal("vpn shows this", Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns)).Text);
    }

    [Fact]
    public async Task A_stranger_in_a_shared_channel_is_refused_whatever_workspace_the_event_is_of()
    {
        await using var stage = await SlackStage.StartAsync();
        var stranger = stage.Slack.User("U0STRANGER", "T0OTHER");
        var shared = new SlackUser(stage.Slack, "U0STRANGER", "T0OTHER") { Around = FakeSlack.Team };

        Assert.Equal(200, (await stranger.Says("reset alice's password")).Status);
        Assert.Equal(200, (await shared.Says("reset alice's password")).Status);
        Assert.Equal(200, (await stage.Slack.EventAsync(shared.Event(new { type = "app_mention", user = "U0STRANGER", source_team = "T0OTHER", text = "hi", channel = "C0HELP", ts = "1.1" }))).Status);

        Assert.Empty(stage.Memory.Turns);
        Assert.Equal(["wrong team", "stranger"], stage.Memory.Audit.Select(e => e.Facts["why"]));
    }

    [Fact]
    public async Task Events_that_nobody_asked_for_are_acknowledged_and_left()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");

        Assert.Equal(200, (await stage.Slack.EventAsync(alice.Event(new { type = "reaction_added", user = "U0ALICE", item = new { ts = 7 } }))).Status);
        Assert.Equal(200, (await stage.Slack.EventAsync(alice.Event(new { type = "user_change", user = new { id = "U0ALICE" } }))).Status);

        Assert.Empty(stage.Memory.Turns);
        Assert.Empty(stage.Memory.Audit);
    }

    [Theory]
    [InlineData("app_uninstalled")]
    [InlineData("tokens_revoked")]
    public async Task Once_the_app_is_removed_nothing_is_sent_and_readiness_says_how_to_mend_it(string type)
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        Assert.Null(stage.Check.Problem);

        for (var i = 0; i < 2; i++)
            await stage.Slack.EventAsync(alice.Event(new { type, tokens = new { oauth = Array.Empty<string>(), bot = new[] { "U0BOT" } } }));

        Assert.Contains("Channels:Slack:BotToken", stage.Check.Problem, StringComparison.Ordinal);
        Assert.Equal("channel.disconnected", Assert.Single(stage.Memory.Audit).Action);
        var refused = await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")));
        Assert.Equal(DeliveryFailure.Refused, refused.Failure);
        Assert.Empty(stage.Slack.Calls);
    }

    [Fact]
    public async Task A_persons_own_token_is_not_the_bots()
    {
        await using var stage = await SlackStage.StartAsync();

        await stage.Slack.EventAsync(stage.Slack.User("U0ALICE").Event(new { type = "tokens_revoked", tokens = new { oauth = new[] { "U0ALICE" }, bot = Array.Empty<string>() } }));

        Assert.Null(stage.Check.Problem);
    }
}
