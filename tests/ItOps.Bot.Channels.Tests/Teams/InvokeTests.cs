using ItOps.Bot.Approvals;
using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Teams;

/// <summary>What people see of a card after they pressed something on it, or their client asked for it.</summary>
public sealed class InvokeTests
{
    [Fact]
    public async Task A_decision_is_answered_with_the_card_without_its_buttons()
    {
        await using var host = await WithCardAsync(TeamsHost.ChatOf(Staff.Omar));
        await host.Omar.SeesApproval("Unlock alice");

        var answer = await host.Omar.Approves();

        Assert.Contains("Unlock alice", answer.Card!.Text);
        Assert.Contains("Working on it", answer.Card.Text);
        Assert.DoesNotContain(answer.Card.Buttons, b => b.Verb is not null);
        var turn = Assert.IsType<DecisionTurn>(Assert.Single(host.Store.Turns));
        Assert.Equal(("a-1", Verdict.Approve, TeamsHost.ChatOf(Staff.Omar)), (turn.ApprovalId, turn.Verdict, turn.Conversation));
    }

    [Theory]
    [InlineData("alice", false)]
    [InlineData("bob", true)]
    [InlineData(null, true)]
    public async Task A_name_that_must_be_typed_travels_with_the_press_and_a_wrong_one_leaves_the_buttons(string? typed, bool staysOpen)
    {
        await using var host = await TeamsHost.StartAsync();
        var card = host.AsksForApproval();
        host.Store.Approval = host.Store.Approval! with { TypeToConfirm = "alice" };
        await host.Omar.Says("hello");
        await host.SayAsync(host.Omar, new("") { Card = card with { TypeToConfirm = "alice" } });
        await host.Omar.SeesApproval("Unlock alice");

        var answer = await host.Omar.ApprovesTyping(typed);

        Assert.Equal(staysOpen, answer.Card!.Buttons.Any(b => b.Verb == "approve"));
        Assert.Equal(staysOpen, answer.Card.Text.Contains("To approve it, type alice", StringComparison.Ordinal));
        var turn = host.Store.Turns.OfType<DecisionTurn>().Single();
        Assert.Equal((Verdict.Approve, null, typed), (turn.Verdict, turn.Note, turn.Typed));
        Assert.Empty(host.Teams.Violations);
    }

    [Fact]
    public async Task Two_presses_at_once_are_one_decision_and_both_are_answered()
    {
        await using var host = await WithCardAsync(TeamsHost.ChatOf(Staff.Omar));
        await host.Omar.SeesApproval("Unlock alice");

        var answers = await Task.WhenAll(host.Omar.Approves(), host.Omar.Approves());

        Assert.All(answers, a => Assert.NotNull(a.Card));
        Assert.Single(host.Store.Turns);
    }

    [Fact]
    public async Task A_reason_and_a_question_travel_with_the_press()
    {
        await using var host = await WithCardAsync(TeamsHost.ChatOf(Staff.Omar));
        await host.Omar.SeesApproval("Unlock alice");
        await host.Omar.Asks("Did you try the old password?");
        await host.Omar.SeesApproval("Unlock alice");
        await host.Omar.Denies("Please call us.");

        Assert.Equal(
            [(Verdict.Ask, "Did you try the old password?"), (Verdict.Deny, "Please call us.")],
            host.Store.Turns.Cast<DecisionTurn>().Select(t => (t.Verdict, t.Note)));
    }

    [Fact]
    public async Task Among_others_each_sees_what_is_theirs_to_press()
    {
        await using var host = await WithCardAsync(TeamsHost.PlaceOf(TeamsHost.ApproversPlace));
        var place = host.Teams.Shared(TeamsHost.ApproversPlace);

        var posted = Assert.Single(place.Posted, p => p.Card is not null).Card!;
        var omars = await host.Omar.Joins(place).SeesApproval("Unlock alice");
        var alices = await host.Alice.Joins(place).SeesCard("Unlock alice");
        var strangers = await host.Stranger.Joins(place).SeesCard("Unlock alice");

        Assert.Equal(["refresh"], posted.Buttons.Where(b => b.Verb is not null).Select(b => b.Verb));
        Assert.Equal(["approve", "deny", "ask"], omars.Buttons.Where(b => b.Verb is not null).Select(b => b.Verb));
        Assert.DoesNotContain(alices.Buttons, b => b.Verb is "approve" or "deny" or "ask");
        Assert.DoesNotContain(strangers.Buttons, b => b.Verb is "approve" or "deny" or "ask");
        Assert.DoesNotContain(host.Store.Turns, t => t is DecisionTurn);
        Assert.Empty(host.Teams.Violations);
    }

    [Fact]
    public async Task Whoever_was_not_refreshed_by_itself_asks_for_it_by_hand()
    {
        await using var host = await WithCardAsync(TeamsHost.PlaceOf(TeamsHost.ApproversPlace));
        await host.Sam.Joins(host.Teams.Shared(TeamsHost.ApproversPlace)).SeesCard("Unlock alice");

        var answer = await host.Sam.Presses("refresh");

        Assert.Contains(answer.Card!.Buttons, b => b.Verb == "approve");
    }

    [Fact]
    public async Task A_stranger_who_presses_anyway_is_left_to_the_core_and_sees_no_buttons()
    {
        await using var host = await WithCardAsync(TeamsHost.PlaceOf(TeamsHost.ApproversPlace));
        var invoke = host.Stranger.Activity("invoke", host.Stranger.Chat);
        invoke["name"] = "adaptiveCard/action";
        invoke["value"] = System.Text.Json.Nodes.JsonNode.Parse("""{"action":{"type":"Action.Execute","verb":"approve","data":{"id":"a-1"}},"trigger":"manual"}""");

        var (status, body) = await host.Stranger.SendAsync(invoke);

        Assert.Equal(System.Net.HttpStatusCode.OK, status);
        Assert.DoesNotContain("\"verb\":\"approve\"", body);
        Assert.Equal(Staff.Stranger, Assert.Single(host.Store.Turns, t => t is DecisionTurn).From.User);
    }

    [Fact]
    public async Task A_refresh_after_the_decision_is_the_receipt()
    {
        await using var host = await WithCardAsync(TeamsHost.ChatOf(Staff.Omar));
        host.Store.Approval = host.Store.Approval! with { Status = ApprovalStatus.Granted, Votes = [new(Staff.IdOf("sam"), "Sam", Verdict.Approve, host.Time.GetUtcNow(), "teams", null)] };
        host.Store.Request = host.Store.Request! with { Status = RequestStatus.Succeeded };

        var card = await host.Omar.SeesCard("Unlock alice");

        Assert.Contains("Approved by  Sam", card.Text);
        Assert.DoesNotContain(card.Buttons, b => b.Verb is not null);
    }

    [Fact]
    public async Task A_card_of_nothing_that_is_stored_stays_as_it_is()
    {
        await using var host = await WithCardAsync(TeamsHost.ChatOf(Staff.Omar));
        host.Store.Approval = null;

        var card = await host.Omar.SeesCard("Unlock alice");

        Assert.Equal(404, host.Omar.LastAnswer!.StatusCode);
        Assert.NotEmpty(card.Buttons);
    }

    [Fact]
    public async Task A_choice_is_answered_with_the_question_and_what_was_chosen()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Installs();
        await host.SayAsync(host.Alice, new("Shall I?") { Card = host.AsksForApproval("Unlock your account") with { ApprovalId = null, Buttons = [] }, Choices = [new("c-1", "Yes, go on"), new("c-2", "No")] });

        var answer = await host.Alice.Taps("Yes");

        Assert.Contains("Unlock your account", answer.Card!.Text);
        Assert.Contains("✓ Yes, go on", answer.Card.Text);
        Assert.DoesNotContain(answer.Card.Buttons, b => b.Verb is not null);
        Assert.Equal("c-1", Assert.IsType<ChoiceTurn>(Assert.Single(host.Store.Turns)).ChoiceId);
    }

    [Fact]
    public async Task A_choice_from_a_long_list_is_the_one_that_was_chosen()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Installs();
        await host.SayAsync(host.Alice, new("Which?") { Choices = [.. Enumerable.Range(1, 9).Select(i => new Choice($"c-{i}", $"Account {i}"))] });

        var answer = await host.Alice.Taps("Account 8");

        Assert.Equal("c-8", Assert.IsType<ChoiceTurn>(Assert.Single(host.Store.Turns)).ChoiceId);
        Assert.Contains("✓ Account 8", answer.Card!.Text);
    }

    private static async Task<TeamsHost> WithCardAsync(Conversations.ConversationId place)
    {
        var host = await TeamsHost.StartAsync(new() { ["ApproverConversation"] = TeamsHost.ApproversPlace });
        await host.Omar.Installs();
        var shared = host.Teams.Shared(TeamsHost.ApproversPlace);
        foreach (var member in new[] { host.Omar, host.Alice, host.Stranger })
        {
            var joins = member.Activity("conversationUpdate", shared);
            joins["membersAdded"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["id"] = "28:" + FakeBotConnector.AppId });
            await member.SendAsync(joins);
        }

        await host.SayAsync(place, new("Alice asks for your approval.") { Card = host.AsksForApproval() });
        return host;
    }
}
