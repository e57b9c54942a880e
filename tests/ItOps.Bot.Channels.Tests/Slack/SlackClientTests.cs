using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_burst_leaves_at_the_speed_that_Slack_allows()
    {
        await using var stage = await SlackStage.StartAsync();
        var start = stage.Time.GetUtcNow();

        for (var i = 0; i < 9; i++)
            await stage.SaysAsync(new($"Message {i}"));

        Assert.Equal(9, stage.Slack.User("U0ALICE").Messages.Count);
        Assert.Equal(9, stage.Slack.Calls.Count(c => c.Method == "chat.postMessage"));
        Assert.Equal(6, (stage.Time.GetUtcNow() - start).TotalSeconds);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(null)]
    public async Task Too_many_requests_are_waited_out_with_a_time_named_or_without(int? seconds)
    {
        await using var stage = await SlackStage.StartAsync();
        var start = stage.Time.GetUtcNow();
        stage.Slack.Fails("chat.postMessage", SlackTrouble.TooMany(seconds is { } s ? TimeSpan.FromSeconds(s) : null), times: 2);

        await stage.SaysAsync(new("Hello"));

        Assert.Single(stage.Slack.User("U0ALICE").Messages);
        Assert.Equal(seconds is null ? 1 + 2 : 3 + 3, (stage.Time.GetUtcNow() - start).TotalSeconds);
    }

    [Fact]
    public async Task A_long_wait_is_left_to_the_outbox_which_is_told_how_long()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Fails("chat.postMessage", SlackTrouble.TooMany(TimeSpan.FromSeconds(90)));

        var busy = await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")));

        Assert.Equal((DeliveryFailure.Busy, TimeSpan.FromSeconds(90)), (busy.Failure, busy.RetryAfter));
    }

    [Fact]
    public async Task Patience_ends_after_three_times()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Fails("chat.postMessage", SlackTrouble.TooMany(), times: 10);

        Assert.Equal(DeliveryFailure.Busy, (await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")))).Failure);
        Assert.Equal(3, stage.Slack.Calls.Count(c => c.Method == "chat.postMessage"));
    }

    [Theory]
    [InlineData("token_revoked", "Channels:Slack:BotToken")]
    [InlineData("invalid_auth", "Channels:Slack:BotToken")]
    [InlineData("account_inactive", "Channels:Slack:BotToken")]
    [InlineData("missing_scope", "chat:write")]
    [InlineData("not_in_channel", "/invite")]
    [InlineData("channel_not_found", "Channels:Slack:ApproverChannel")]
    [InlineData("is_archived", "Channels:Slack:ApproverChannel")]
    [InlineData("some_new_error", "some_new_error")]
    public async Task What_Slack_will_never_take_is_refused_and_says_what_to_mend(string error, string mend)
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Fails("chat.postMessage", SlackTrouble.Says(error, "chat:write"));

        var refused = await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")));

        Assert.Equal(DeliveryFailure.Refused, refused.Failure);
        Assert.Contains(mend, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Slack.BotToken, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_token_shows_in_readiness_until_it_is_good_again()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Fails("chat.postMessage", SlackTrouble.Says("invalid_auth"));

        await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")));
        Assert.Contains("Channels:Slack:BotToken", stage.Check.Problem, StringComparison.Ordinal);

        await stage.SaysAsync(new("Hello"));
        Assert.Null(stage.Check.Problem);
    }

    [Fact]
    public async Task A_post_whose_answer_is_lost_is_unknown_and_not_repeated()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SaysAsync(new("First"));
        stage.Slack.Fails("chat.postMessage", SlackTrouble.LosesTheAnswer());

        Assert.Equal(DeliveryFailure.Unknown, (await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")))).Failure);
        Assert.Equal(2, stage.Slack.User("U0ALICE").Messages.Count);
    }

    [Theory]
    [InlineData("internal_error")]
    [InlineData("fatal_error")]
    public async Task So_is_one_of_which_Slack_itself_does_not_know(string error)
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Fails("chat.postMessage", SlackTrouble.Says(error));

        Assert.Equal(DeliveryFailure.Unknown, (await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")))).Failure);
    }

    [Fact]
    public async Task An_update_whose_answer_is_lost_may_simply_be_made_again()
    {
        await using var stage = await SlackStage.StartAsync();
        var posted = await stage.SaysAsync(new("First"));
        stage.Slack.Fails("chat.update", SlackTrouble.LosesTheAnswer());

        Assert.Equal(DeliveryFailure.NotSent, (await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.Channel.UpdateAsync(posted, new("Second"), Stop))).Failure);
        await stage.Channel.UpdateAsync(posted, new("Second"), Stop);
    }

    [Fact]
    public async Task Opening_a_conversation_sends_nothing_so_failing_at_it_is_not_having_sent()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Fails("conversations.open", SlackTrouble.Answers(503));

        Assert.Equal(DeliveryFailure.NotSent, (await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")))).Failure);
    }

    [Fact]
    public async Task Silence_ends_in_time_and_is_unknown()
    {
        var time = new FakeTimeProvider();
        await using var stage = await SlackStage.StartAsync(time: time);
        stage.Slack.Fails("conversations.open", SlackTrouble.Answers(500));
        await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("warm up")));
        stage.Slack.AddChannel("C0HELP");
        stage.Slack.Fails("chat.postMessage", SlackTrouble.Silence());

        var saying = stage.SaysIn("T0LAB/C0HELP", new("Hello"));
        time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal(DeliveryFailure.Unknown, (await Assert.ThrowsAnyAsync<DeliveryException>(() => saying)).Failure);
    }

    [Fact]
    public async Task Nobody_there_means_that_nothing_was_sent()
    {
        await using var stage = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:ApiBaseUrl"] = "http://127.0.0.1:1/api/" });

        Assert.Equal(DeliveryFailure.NotSent, (await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")))).Failure);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Fails("conversations.open", SlackTrouble.Answers(302));

        var refused = await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysAsync(new("Hello")));

        Assert.Contains("Channels:Slack:ApiBaseUrl", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_told_as_Slack_knows_them()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.Add(new("U0GUEST", "T0LAB") { Email = "guest@elsewhere.example", IsRestricted = true, IsStranger = true });

        var guest = await stage.Client.FindUserAsync("U0GUEST", Stop);

        Assert.Equal(new("U0GUEST", "T0LAB", "guest@elsewhere.example", IsRestricted: true, IsUltraRestricted: false, IsStranger: true, IsBot: false, Deleted: false, IsEmailConfirmed: true), guest);
        Assert.Null(await stage.Client.FindUserAsync("U0NOBODY", Stop));
    }
}
