using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackCommandsTests
{
    private static readonly Words W = Words.English;

    [Fact]
    public async Task A_command_is_a_message_in_the_persons_own_conversation()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");

        await alice.Commands("i cant log in &amp; im &lt;locked&gt; out", "C0GENERAL");

        var turn = Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns));
        Assert.Equal("i cant log in & im <locked> out", turn.Text);
        Assert.Equal(new ChannelIdentity("slack", "T0LAB", "U0ALICE"), turn.From);
        Assert.Equal(new ConversationId("slack", "T0LAB/U0ALICE"), turn.Conversation);
        Assert.StartsWith("slack:cmd:T0LAB:", turn.Id, StringComparison.Ordinal);
        await alice.Sees(W.OnItInDirect);
    }

    [Fact]
    public async Task In_their_own_conversation_nobody_is_told_to_look_there()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        await stage.SaysAsync(new("Hello"));

        var receipt = await alice.Commands("im locked out");

        Assert.Equal((200, ""), (receipt.Status, receipt.Body));
    }

    [Theory]
    [InlineData("", "help")]
    [InlineData("   ", "help")]
    [InlineData("help", "help")]
    [InlineData("status", "status")]
    public async Task Status_help_and_nothing_at_all_are_what_Core_understands(string typed, string turn)
    {
        await using var stage = await SlackStage.StartAsync();

        await stage.Slack.User("U0ALICE").Commands(typed);

        Assert.Equal(turn, Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns)).Text);
    }

    [Fact]
    public async Task The_same_command_delivered_twice_is_one_turn_and_typed_twice_is_two()
    {
        await using var stage = await SlackStage.StartAsync();
        var form = new Dictionary<string, string> { ["team_id"] = "T0LAB", ["user_id"] = "U0ALICE", ["text"] = "im locked out", ["trigger_id"] = "1.2" };
        await stage.Slack.CommandAsync(form);
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await stage.Slack.CommandAsync(form);
        Assert.Single(stage.Memory.Turns);

        form["trigger_id"] = "1.3";
        await stage.Slack.CommandAsync(form);
        Assert.Equal(2, stage.Memory.Turns.Count);
    }

    [Fact]
    public async Task Approvals_shows_what_waits_with_its_buttons_and_a_decided_one_goes_away()
    {
        await using var stage = await SlackStage.StartAsync();
        var omar = stage.Slack.User("U0OMAR");
        stage.Waiting();

        await omar.Commands("approvals", "C0GENERAL");
        var shown = Assert.Single(omar.Ephemerals);
        Assert.Contains("Unlock alice in Directory", shown.Shown, StringComparison.Ordinal);

        await omar.Approves();
        Assert.Equal(Verdict.Approve, Assert.IsType<DecisionTurn>(Assert.Single(stage.Memory.Turns)).Verdict);
        Assert.Empty(omar.Ephemerals);
    }

    [Fact]
    public async Task Who_has_nothing_to_decide_is_told_so()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        stage.Waiting();

        await alice.Commands("approvals");

        await alice.Sees(W.NothingWaitsForYou);
        await alice.DoesNotSee("Unlock");
    }

    [Fact]
    public async Task Console_says_where_it_is()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");

        await alice.Commands("console");

        Assert.Equal("https://itops.example.com/", Assert.Single(Assert.Single(alice.Ephemerals).Buttons).Url);
        Assert.Empty(stage.Memory.Turns);
    }

    [Fact]
    public async Task Somebody_of_another_workspace_is_refused_politely_and_on_the_record()
    {
        await using var stage = await SlackStage.StartAsync();
        var mallory = stage.Slack.User("U0MALLORY", "T0OTHER");

        await mallory.Commands("reset alice's password");

        await mallory.Sees(W.NotFromThere);
        Assert.Empty(stage.Memory.Turns);
        Assert.Equal("wrong team", Assert.Single(stage.Memory.Audit).Facts["why"]);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_the_person_is_asked_to_come_back()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        stage.Memory.IsDown = true;

        Assert.Equal(200, (await alice.Commands("im locked out")).Status);

        await alice.Sees(W.CannotTakeIn);
    }

    [Theory]
    [InlineData("user_id", "")]
    [InlineData("user_id", "U0/ALICE")]
    [InlineData("user_id", "../U0ALICE")]
    [InlineData("team_id", "")]
    public async Task An_id_that_is_none_names_nobody(string field, string value)
    {
        await using var stage = await SlackStage.StartAsync();
        var form = new Dictionary<string, string> { ["team_id"] = "T0LAB", ["user_id"] = "U0ALICE", ["text"] = "hi", ["trigger_id"] = "1.2", [field] = value };

        await stage.Slack.CommandAsync(form);

        Assert.Empty(stage.Memory.Turns);
        Assert.Single(stage.Memory.Audit);
    }
}
