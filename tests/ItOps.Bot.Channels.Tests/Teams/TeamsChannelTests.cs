using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Teams;

namespace ItOps.Bot.Channels.Tests.Teams;

public sealed class TeamsChannelTests
{
    [Fact]
    public async Task A_message_arrives_and_is_updated_under_the_id_that_sending_gave()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");

        var sent = await host.SayAsync(host.Alice, new("One moment."));
        await host.Channel.UpdateAsync(sent, new("Done."), TestContext.Current.CancellationToken);

        var message = Assert.Single(host.Alice.Chat.Posted);
        Assert.Equal(sent.MessageId, message.Id);
        Assert.Equal("Done.", message.Text);
        Assert.Single(message.Earlier);
        Assert.Equal(1, host.Teams.Entra.Asked);
        Assert.Empty(host.Teams.Violations);
    }

    [Fact]
    public async Task Somebody_who_was_only_met_among_others_is_written_to_in_a_chat_that_is_opened()
    {
        await using var host = await TeamsHost.StartAsync();
        host.Teams.Conversations.Install(host.Alice.Id, installed: true);
        await host.Alice.Mentions(host.Teams.Shared("19:finance@thread.tacv2"), "hello");

        await host.SayAsync(host.Alice, new("Here I am."));
        await host.SayAsync(host.Alice, new("And still."));

        Assert.Equal(["Here I am.", "And still."], host.Alice.Chat.Posted.Select(p => p.Text));
        Assert.Contains(host.Alice.Chat.Id, host.Store.Routes[TeamsHost.ChatOf(Staff.Alice)]);
    }

    [Fact]
    public async Task Somebody_without_the_app_is_out_of_reach_and_forgotten()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Mentions(host.Teams.Shared("19:finance@thread.tacv2"), "hello");

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Alice, new("Here I am.")));

        Assert.Equal(DeliveryFailure.Refused, failure.Failure);
        Assert.Null(await host.Channel.DirectConversationAsync(Staff.IdOf("alice"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_person_is_reached_once_they_were_met_and_only_under_one_identity()
    {
        await using var host = await TeamsHost.StartAsync();
        var cancellationToken = TestContext.Current.CancellationToken;

        Assert.Null(await host.Channel.DirectConversationAsync(Staff.IdOf("omar"), cancellationToken));
        await host.Omar.Installs();
        Assert.Equal(TeamsHost.ChatOf(Staff.Omar), await host.Channel.DirectConversationAsync(Staff.IdOf("omar"), cancellationToken));
        host.Staff.More.Add((Staff.IdOf("omar"), new("teams", "11111111-1111-4111-8111-111111111111", Staff.Omar)));
        Assert.NotNull(await host.Channel.DirectConversationAsync(Staff.IdOf("omar"), cancellationToken));
        host.Staff.More.Add((Staff.IdOf("omar"), new("teams", FakeBotConnector.Tenant, Staff.Sam)));
        Assert.Null(await host.Channel.DirectConversationAsync(Staff.IdOf("omar"), cancellationToken));
    }

    [Fact]
    public async Task The_approvers_place_is_written_to_before_it_was_heard_from()
    {
        await using var host = await TeamsHost.StartAsync(new() { ["ApproverConversation"] = TeamsHost.ApproversPlace });
        var place = host.Teams.Shared(TeamsHost.ApproversPlace);
        var nobody = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Channel.ApproversPlace!, new("hello")));
        await host.Alice.Says("hello");

        await host.SayAsync(host.Channel.ApproversPlace!, new("Somebody needs you."));

        Assert.Equal(DeliveryFailure.Refused, nobody.Failure);
        Assert.Equal("Somebody needs you.", Assert.Single(place.Posted).Text);
    }

    [Fact]
    public async Task Another_tenants_place_is_never_written_to()
    {
        await using var host = await TeamsHost.StartAsync();
        host.Store.Routes[new("teams", "11111111-1111-4111-8111-111111111111/" + Staff.Alice)] = "{}";

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(new ConversationId("teams", "11111111-1111-4111-8111-111111111111/" + Staff.Alice), new("hello")));

        Assert.Equal(DeliveryFailure.Refused, failure.Failure);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public async Task A_busy_platform_is_waited_for_a_little(int? seconds)
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        var before = host.Time.GetUtcNow();
        host.Teams.Faults.Busy(seconds is { } s ? TimeSpan.FromSeconds(s) : null);

        await host.SayAsync(host.Alice, new("hello"));

        Assert.Single(host.Alice.Chat.Posted);
        Assert.InRange(host.Time.GetUtcNow() - before, TimeSpan.FromSeconds(seconds ?? 1), TimeSpan.FromSeconds((seconds ?? 1) + 1));
    }

    [Fact]
    public async Task A_platform_that_stays_busy_or_asks_for_long_is_left_alone_for_as_long()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        host.Teams.Faults.Busy(TimeSpan.FromMinutes(3));
        var asked = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Alice, new("hello")));
        for (var i = 0; i < 3; i++)
            host.Teams.Faults.Busy();
        var stays = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Alice, new("hello")));

        Assert.Equal((DeliveryFailure.Busy, TimeSpan.FromMinutes(3)), (asked.Failure, asked.RetryAfter));
        Assert.Equal(DeliveryFailure.Busy, stays.Failure);
        Assert.Empty(host.Alice.Chat.Posted);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_failure_after_it_left_is_unknown_and_not_sent_again_but_an_update_may_be(int status)
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        var first = await host.SayAsync(host.Alice, new("One."));
        host.Teams.Faults.FailAfterTaking(status);

        var sending = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Alice, new("Two.")));
        host.Teams.Faults.FailAfterTaking(status);
        var updating = await Assert.ThrowsAsync<DeliveryException>(() => host.Channel.UpdateAsync(first, new("Changed."), TestContext.Current.CancellationToken));

        Assert.Equal((DeliveryFailure.Unknown, DeliveryFailure.Unknown), (sending.Failure, updating.Failure));
        Assert.Equal(["Changed.", "Two."], host.Alice.Chat.Posted.Select(p => p.Text));
    }

    [Fact]
    public async Task A_connection_that_breaks_off_without_an_answer_is_unknown()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        await host.SayAsync(host.Alice, new("The way is known."));
        host.Teams.Faults.BreakOff();

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Alice, new("Slow.")));

        Assert.Equal(DeliveryFailure.Unknown, failure.Failure);
        Assert.Equal(1, host.Alice.TimesSeen("Slow."));
    }

    [Fact]
    public async Task What_never_reached_the_platform_goes_again_later()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        await host.SayAsync(host.Alice, new("The token is there."));
        await host.Teams.DisposeAsync();

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Alice, new("hello")));

        Assert.Equal(DeliveryFailure.NotSent, failure.Failure);
    }

    [Theory]
    [InlineData("MessageWritesBlocked", true)]
    [InlineData("BotNotInConversationRoster", true)]
    [InlineData("SomethingElse", false)]
    public async Task Who_blocked_the_bot_is_left_alone(string code, bool forgotten)
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        host.Teams.Faults.Refuse(403, code);

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Alice, new("hello")));

        Assert.Equal(DeliveryFailure.Refused, failure.Failure);
        Assert.Equal(forgotten, await host.Channel.DirectConversationAsync(Staff.IdOf("alice"), TestContext.Current.CancellationToken) is null);
    }

    [Fact]
    public async Task A_token_that_is_not_taken_any_more_is_renewed_once()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        await host.SayAsync(host.Alice, new("One."));
        host.Teams.Entra.RevokeAll();

        await host.SayAsync(host.Alice, new("Two."));

        Assert.Equal(["One.", "Two."], host.Alice.Chat.Posted.Select(p => p.Text));
        Assert.Equal(2, host.Teams.Entra.Asked);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent_and_the_reason_names_the_setting()
    {
        await using var host = await TeamsHost.StartAsync(new() { ["ClientSecret"] = "not-the-secret" });
        await host.Alice.Says("hello");

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => host.SayAsync(host.Alice, new("hello")));

        Assert.Equal(DeliveryFailure.NotSent, failure.Failure);
        Assert.Contains("Channels:Teams:ClientSecret", failure.Message);
        Assert.Contains("Channels:Teams:ClientSecret", host.SelfCheck.Problem);
        Assert.DoesNotContain("not-the-secret", failure.ToString());
    }

    [Fact]
    public async Task More_than_the_platform_takes_is_kept_at_its_pace()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        var before = host.Time.GetUtcNow();

        for (var i = 0; i < 70; i++)
            await host.SayAsync(host.Alice, new($"{i}"));

        Assert.Equal(Enumerable.Range(0, 70).Select(i => $"{i}"), host.Alice.Chat.Posted.Select(p => p.Text));
        Assert.Empty(host.Teams.Violations);
        Assert.True(host.Time.GetUtcNow() - before >= TimeSpan.FromSeconds(30));
    }
}
