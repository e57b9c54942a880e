using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Slack;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackChannelTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_direct_conversation_is_opened_once()
    {
        await using var stage = await SlackStage.StartAsync();

        await stage.SaysAsync(new("Hello"));
        await stage.SaysAsync(new("Hello again"));

        Assert.Equal(2, stage.Slack.User("U0ALICE").Messages.Count);
        Assert.Equal(["conversations.open", "chat.postMessage", "chat.postMessage"], stage.Slack.Calls.Select(c => c.Method));
        Assert.All(stage.Slack.Calls, c => Assert.Equal("Bearer " + stage.Slack.BotToken, c.Authorization));
    }

    [Fact]
    public async Task A_place_is_a_person_a_channel_or_a_thread()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.AddChannel("C0HELP");

        await stage.SaysIn("T0LAB/C0HELP", new("to all"));
        await stage.SaysIn("T0LAB/C0HELP/1.5", new("to some"));

        Assert.Equal([null, "1.5"], stage.Slack.MessagesIn("C0HELP").Select(m => m.Thread));
    }

    [Theory]
    [InlineData("T0OTHER/U0ALICE")]
    [InlineData("U0ALICE")]
    [InlineData("T0LAB/")]
    [InlineData("T0LAB/C0/1.1/2")]
    public async Task Nothing_is_written_to_another_workspace_or_to_nowhere(string place)
    {
        await using var stage = await SlackStage.StartAsync();

        Assert.Equal(DeliveryFailure.Refused, (await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysIn(place, new("Hello")))).Failure);
        Assert.Empty(stage.Slack.Calls);
    }

    [Fact]
    public async Task An_update_replaces_the_message_under_new_ids_as_often_as_it_comes()
    {
        await using var stage = await SlackStage.StartAsync();
        var (request, approval) = stage.Waiting();
        var posted = await stage.SaysAsync(new("Please decide.") { Card = stage.CardOf(request, approval) }, "U0OMAR");

        for (var i = 0; i < 3; i++)
            await stage.Channel.UpdateAsync(posted, new("") { Card = new("Unlock alice", CardState.Succeeded) { StateText = $"Done and verified {i}" } }, Stop);

        var message = Assert.Single(stage.Slack.User("U0OMAR").Messages);
        Assert.Equal(3, message.Updates);
        Assert.Contains("Done and verified 2", message.Shown, StringComparison.Ordinal);
        Assert.Empty(message.Buttons);
    }

    [Fact]
    public async Task A_message_that_somebody_deleted_needs_no_update()
    {
        await using var stage = await SlackStage.StartAsync();
        var posted = await stage.SaysAsync(new("Hello"));
        stage.Slack.User("U0ALICE").Messages[0].Delete();

        await stage.Channel.UpdateAsync(posted, new("Hello again"), Stop);

        Assert.Equal("chat.update", stage.Slack.Calls[^1].Method);
    }

    [Fact]
    public async Task A_one_time_link_is_a_button_to_the_bot_and_goes_to_nobody_but_its_recipient()
    {
        await using var stage = await SlackStage.StartAsync();
        stage.Slack.AddChannel("C0HELP");
        var link = new Reply("Here is your link.") { Link = new("Open one-time link", new("/secrets/0123abcd"), stage.Time.GetUtcNow().AddMinutes(15)) };

        await stage.SaysAsync(link);
        foreach (var place in new[] { "T0LAB/C0HELP", "T0LAB/C0HELP/1.1" })
            Assert.Equal(DeliveryFailure.Refused, (await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.SaysIn(place, link))).Failure);

        var message = Assert.Single(stage.Slack.User("U0ALICE").Messages);
        Assert.Equal("https://itops.example.com/secrets/0123abcd", Assert.Single(message.Buttons).Url);
        Assert.DoesNotContain("0123abcd", message.Text, StringComparison.Ordinal);
        Assert.False(stage.Slack.Calls[^1].Arguments.GetProperty("unfurl_links").GetBoolean());
        Assert.Empty(stage.Slack.MessagesIn("C0HELP"));
    }

    [Fact]
    public async Task A_person_is_reached_where_their_one_Slack_identity_leads_back_to_them()
    {
        await using var stage = await SlackStage.StartAsync();
        Assert.Equal(new ConversationId("slack", "T0LAB/U0ALICE"), await stage.Channel.DirectConversationAsync(SlackPeople.IdOf("alice"), Stop));
        Assert.Null(await stage.Channel.DirectConversationAsync(new("P-nobody"), Stop));

        stage.People.Extra.Add((new("slack", "T0LAB", "U0ALICE"), SlackPeople.IdOf("omar")));

        Assert.Null(await stage.Channel.DirectConversationAsync(SlackPeople.IdOf("alice"), Stop));
    }

    [Fact]
    public async Task An_identity_in_another_workspace_is_no_way_to_reach_anybody()
    {
        await using var stage = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:TeamId"] = "T0ELSE" });

        Assert.Null(await stage.Channel.DirectConversationAsync(SlackPeople.IdOf("alice"), Stop));
    }

    [Fact]
    public async Task The_approvers_channel_is_a_place_when_it_is_set()
    {
        await using var without = await SlackStage.StartAsync();
        await using var with = await SlackStage.StartAsync(settings: new() { ["Channels:Slack:ApproverChannel"] = "C0APPROVERS" });

        Assert.Null(without.Channel.ApproversPlace);
        Assert.Equal(new ConversationId("slack", "T0LAB/C0APPROVERS"), with.Channel.ApproversPlace);
    }
}
