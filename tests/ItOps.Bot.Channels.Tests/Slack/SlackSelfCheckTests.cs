using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Testing.Slack;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackSelfCheckTests
{
    [Fact]
    public async Task All_is_well_when_all_is_well()
    {
        await using var stage = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:ApproverChannel"] = "C0APPROVERS" });
        stage.Slack.AddChannel("C0APPROVERS");

        var found = await stage.Check.ExamineAsync(TestContext.Current.CancellationToken);

        Assert.All(found, f => Assert.Null(f.Problem));
        Assert.Equal(["token", "scopes", "clock", "approver channel", "address"], found.Select(f => f.What));
    }

    [Fact]
    public async Task A_token_of_another_workspace_is_found()
    {
        await using var stage = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:TeamId"] = "T0ELSE" });

        await Finds(stage, "token", "T0LAB");
    }

    [Fact]
    public async Task A_bad_token_is_found()
    {
        await using var stage = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:BotToken"] = "xoxb-wrong" });

        await Finds(stage, "token", "Channels:Slack:BotToken");
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Scopes = "commands,chat:write,app_mentions:read,users:read";

        await Finds(stage, "scopes", "im:history, im:write");
    }

    [Fact]
    public async Task Reading_e_mail_addresses_is_needed_where_people_are_matched_by_them()
    {
        await using var stage = await SlackStage.StartAsync(matchByEmail: true);

        var scopes = (await stage.Check.ExamineAsync(TestContext.Current.CancellationToken)).Single(r => r.What == "scopes");

        Assert.Contains("users:read.email missing", scopes.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-61, "ahead of")]
    [InlineData(61, "behind")]
    public async Task A_clock_that_is_wrong_is_found(int seconds, string which)
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Clock = stage.Time.GetUtcNow().AddSeconds(seconds);

        await Finds(stage, "clock", which);
    }

    [Theory]
    [InlineData(false, false, "/invite")]
    [InlineData(true, true, "ApproverChannel")]
    public async Task A_channel_that_cannot_be_written_to_is_found(bool member, bool missing, string mend)
    {
        await using var stage = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:ApproverChannel"] = "C0APPROVERS" });
        if (!missing)
            stage.Slack.AddChannel("C0APPROVERS", member);

        await Finds(stage, "approver channel", mend);
    }

    [Fact]
    public async Task Not_being_able_to_look_is_not_a_fault()
    {
        await using var stage = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:ApproverChannel"] = "C0APPROVERS" });
        stage.Slack.Fails("conversations.info", SlackTrouble.Says("missing_scope", "channels:read"));

        var found = (await stage.Check.ExamineAsync(TestContext.Current.CancellationToken)).Single(f => f.What == "approver channel");

        Assert.Null(found.Problem);
        Assert.Contains("channels:read", found.Well, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slack_that_cannot_be_reached_is_a_finding_and_no_exception()
    {
        await using var stage = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:ApiBaseUrl"] = "http://127.0.0.1:1/api/" });

        await Finds(stage, "token", "could not be reached");
    }

    private static async Task Finds(SlackStage stage, string what, string says)
    {
        var found = (await stage.Check.ExamineAsync(TestContext.Current.CancellationToken)).Single(f => f.What == what);
        Assert.Contains(says, found.Problem, StringComparison.Ordinal);
    }
}
