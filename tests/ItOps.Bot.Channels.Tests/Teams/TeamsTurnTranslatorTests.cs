using System.Text.Json.Nodes;
using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Teams;

public sealed class TeamsTurnTranslatorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_asked_among_others_goes_on_in_the_own_chat_and_says_so_where_it_was_asked(bool isChannel)
    {
        await using var host = await TeamsHost.StartAsync();
        var place = host.Teams.Shared("19:finance@thread.tacv2", isChannel);

        await host.Alice.Mentions(place, "i cant log in");

        var turn = Assert.IsType<MessageTurn>(Assert.Single(host.Store.Turns));
        Assert.Equal("i cant log in", turn.Text);
        Assert.Equal(TeamsHost.ChatOf(Staff.Alice), turn.Conversation);
        var pointer = Assert.Single(place.Posted);
        Assert.Contains("own chat", pointer.Text);
        Assert.Equal(isChannel ? "19:finance@thread.tacv2;messageid=1700000000001" : "19:finance@thread.tacv2", pointer.Conversation);
        Assert.Empty(host.Teams.Violations);
    }

    [Theory]
    [InlineData("<at>ItOps</at> help me", "<at>ItOps</at>", true, "help me")]
    [InlineData("help <at>ItOps</at>&nbsp;me", "<at>ItOps</at>&nbsp;", true, "help me")]
    [InlineData("unlock <at>Bob</at>", "<at>Bob</at>", false, "unlock <at>Bob</at>")]
    [InlineData("<at>ItOps</at> and <at>ItOps</at>", "<at>ItOps</at>", true, "and")]
    public async Task Only_the_mention_of_the_bot_is_taken_out(string text, string mention, bool ofTheBot, string said)
    {
        await using var host = await TeamsHost.StartAsync();
        var message = host.Alice.Activity("message", host.Alice.Chat);
        message["text"] = text;
        message["entities"] = new JsonArray(
            new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-GB" },
            new JsonObject { ["type"] = "mention", ["text"] = mention, ["mentioned"] = new JsonObject { ["id"] = ofTheBot ? (string)message["recipient"]!["id"]! : "29:1bob" } });

        await host.Alice.SendAsync(message);

        Assert.Equal(said, Assert.IsType<MessageTurn>(Assert.Single(host.Store.Turns)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_that_is_delivered_three_times_happens_once(bool newIds)
    {
        await using var host = await TeamsHost.StartAsync();
        host.Teams.Redelivery = (3, newIds);

        await host.Omar.Installs();
        await host.Omar.Says("hello");
        await host.Alice.Mentions(host.Teams.Shared("19:finance@thread.tacv2"), "i cant log in");
        await host.SayAsync(host.Omar, new("Which one?") { Choices = [new("c-1", "Yes"), new("c-2", "No")] });
        await host.Omar.Taps("Yes");
        await host.SayAsync(host.Omar, new("") { Card = host.AsksForApproval() });
        await host.Omar.SeesApproval("Unlock alice");
        await host.Omar.Approves();

        Assert.Equal(
            [typeof(MessageTurn), typeof(MessageTurn), typeof(ChoiceTurn), typeof(DecisionTurn)],
            host.Store.Turns.Select(t => t.GetType()));
        Assert.Equal(1, host.Omar.TimesSeen("Hello!"));
        Assert.Single(host.Teams.Shared("19:finance@thread.tacv2").Posted);
    }

    [Fact]
    public async Task The_same_activity_is_one_turn_whatever_else_in_it_differs()
    {
        await using var host = await TeamsHost.StartAsync();
        var message = host.Alice.Activity("message", host.Alice.Chat);
        message["text"] = "hello";
        await host.Alice.SendAsync(message);

        message["localTimestamp"] = "2026-11-22T10:00:01.0000000+00:00";
        await host.Alice.SendAsync(message);

        Assert.Single(host.Store.Turns);
    }

    [Fact]
    public async Task The_same_words_at_another_time_or_of_another_person_are_another_turn()
    {
        await using var host = await TeamsHost.StartAsync();

        await host.Alice.Says("hello");
        await host.Omar.Says("hello");
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await host.Alice.Says("hello");

        Assert.Equal(3, host.Store.Turns.Count);
    }

    [Fact]
    public async Task Every_button_becomes_its_verdict()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Omar.Installs();
        var card = host.AsksForApproval();
        await host.SayAsync(host.Omar, new("") { Card = card with { Buttons = [.. card.Buttons, new(CardAction.ItHappened, "It happened"), new(CardAction.RunAgain, "Again")] } });
        var buttons = host.Omar.Chat.Posted[^1].Card!.Buttons.Where(b => b.Verb is not null).ToList();

        foreach (var button in buttons)
            await PressAsync(host, host.Omar, button.Verb!, button.Id, "because");

        Assert.Equal(
            [(Verdict.Approve, null), (Verdict.Deny, "because"), (Verdict.Ask, "because"), (Verdict.ItHappened, null), (Verdict.RunAgain, null)],
            host.Store.Turns.Cast<DecisionTurn>().Select(t => (t.Verdict, t.Verdict is Verdict.Deny or Verdict.Ask ? t.Note : null)));
        Assert.All(host.Store.Turns.Cast<DecisionTurn>(), t => Assert.Equal(("a-1", Staff.Omar), (t.ApprovalId, t.From.User)));
    }

    [Fact]
    public async Task The_same_question_twice_is_one_and_another_question_is_another()
    {
        await using var host = await TeamsHost.StartAsync();

        await PressAsync(host, host.Omar, "ask", "a-1", "why?");
        await PressAsync(host, host.Omar, "ask", "a-1", "why?");
        await PressAsync(host, host.Omar, "ask", "a-1", "since when?");

        Assert.Equal(2, host.Store.Turns.Count);
    }

    [Theory]
    [InlineData("explode", "a-1", null)]
    [InlineData("approve", null, null)]
    [InlineData("", "a-1", null)]
    [InlineData("deny", "a-1", null)]
    [InlineData("deny", "a-1", "   ")]
    [InlineData("ask", "a-1", null)]
    [InlineData("Approve", "a-1", null)]
    public async Task A_press_that_means_nothing_is_answered_in_plain_words(string verb, string? id, string? note)
    {
        await using var host = await TeamsHost.StartAsync();

        var answer = await PressAsync(host, host.Omar, verb, id, note);

        Assert.Equal(400, (int?)answer["statusCode"]);
        Assert.Equal("application/vnd.microsoft.error", (string?)answer["type"]);
        Assert.NotEqual("", (string?)answer["value"]!["message"]);
        Assert.Empty(host.Store.Turns);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"a-1\"")]
    [InlineData("{}")]
    [InlineData("""{"action":"approve"}""")]
    [InlineData("""{"action":{"verb":"approve"}}""")]
    [InlineData("""{"action":{"verb":"approve","data":"a-1"}}""")]
    [InlineData("""{"action":{"verb":"approve","data":{"id":{"id":"a-1"}}}}""")]
    [InlineData("""{"action":{"verb":7,"data":{"id":"a-1"}}}""")]
    [InlineData("""{"action":{"verb":"approve","data":{"id":"\ud800"}}}""")]
    public async Task A_press_of_another_shape_is_answered_in_plain_words(string value)
    {
        await using var host = await TeamsHost.StartAsync();
        var invoke = host.Omar.Activity("invoke", host.Omar.Chat);
        invoke["name"] = "adaptiveCard/action";
        invoke["value"] = "VALUE";

        using var response = await host.Teams.DeliverAsync(invoke.ToJsonString().Replace("\"VALUE\"", value, StringComparison.Ordinal), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(400, (int?)JsonNode.Parse(body)!["statusCode"]);
        Assert.Empty(host.Store.Turns);
    }

    [Fact]
    public async Task An_old_client_that_only_submits_is_understood()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Omar.Installs();
        await host.SayAsync(host.Omar, new("Which?") { Choices = [new("c-1", "Yes")] });
        await host.SayAsync(host.Omar, new("") { Card = host.AsksForApproval() });
        var (question, approval) = (host.Omar.Chat.Posted[^2], host.Omar.Chat.Posted[^1]);

        await host.Omar.TapsInAnOldClient(question, question.Card!.Buttons[0]);
        await host.Omar.TapsInAnOldClient(approval, approval.Card!.Buttons.First(b => b.Verb == "approve"));

        Assert.Equal("c-1", Assert.IsType<ChoiceTurn>(host.Store.Turns[0]).ChoiceId);
        Assert.Equal(("a-1", Verdict.Approve), (((DecisionTurn)host.Store.Turns[1]).ApprovalId, ((DecisionTurn)host.Store.Turns[1]).Verdict));
    }

    /// <summary>Who decides is who the platform says, whatever the card's data claims (I4).</summary>
    [Fact]
    public async Task A_sender_in_the_data_is_ignored()
    {
        await using var host = await TeamsHost.StartAsync();
        var invoke = Press(host.Alice, "approve", "a-1", null);
        invoke["value"]!["action"]!["data"]!["from"] = Staff.Omar;
        invoke["value"]!["action"]!["data"]!["aadObjectId"] = Staff.Omar;

        await host.Alice.SendAsync(invoke);

        Assert.Equal(Staff.Alice, Assert.Single(host.Store.Turns).From.User);
    }

    [Fact]
    public async Task Whoever_adds_the_bot_is_greeted_once_and_again_after_it_was_away()
    {
        await using var host = await TeamsHost.StartAsync();

        await host.Alice.Installs();
        Assert.Equal(1, host.Alice.TimesSeen("Hello!"));
        await host.Alice.Uninstalls();
        Assert.DoesNotContain(TeamsHost.ChatOf(Staff.Alice), host.Store.Routes.Keys);
        await host.Alice.Installs();

        Assert.Equal(2, host.Alice.TimesSeen("Hello!"));
        Assert.Empty(host.Store.Turns);
        Assert.Empty(host.Undelivered);
    }

    [Fact]
    public async Task Being_added_to_a_team_greets_nobody_and_remembers_the_place()
    {
        await using var host = await TeamsHost.StartAsync();
        var team = host.Teams.Shared(TeamsHost.ApproversPlace);
        var added = host.Omar.Activity("conversationUpdate", team);
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "28:" + FakeBotConnector.AppId }, new JsonObject { ["id"] = "29:1sam" });

        await host.Omar.SendAsync(added);

        Assert.Empty(team.Posted);
        Assert.Contains(TeamsHost.PlaceOf(TeamsHost.ApproversPlace), host.Store.Routes.Keys);
        Assert.Contains("29:1sam", host.Store.Routes[TeamsHost.PlaceOf(TeamsHost.ApproversPlace)]);
    }

    [Fact]
    public async Task Ways_are_stored_when_they_change_and_not_with_every_message()
    {
        await using var host = await TeamsHost.StartAsync();

        await host.Alice.Says("one");
        var writes = host.Store.RouteWrites;
        await host.Alice.Says("two");
        await host.Alice.Says("three");

        Assert.Equal(2, writes);
        Assert.Equal(writes, host.Store.RouteWrites);
    }

    private static JsonObject Press(TeamsUser who, string verb, string? id, string? note)
    {
        var invoke = who.Activity("invoke", who.Chat);
        invoke["name"] = "adaptiveCard/action";
        var data = new JsonObject { ["id"] = id };
        if (note is not null)
            data["note"] = note;
        invoke["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = data }, ["trigger"] = "manual" };
        return invoke;
    }

    private static async Task<JsonNode> PressAsync(TeamsHost host, TeamsUser who, string verb, string? id, string? note) =>
        JsonNode.Parse((await who.SendAsync(Press(who, verb, id, note))).Body)!;
}
