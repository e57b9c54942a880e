using System.Net;
using System.Text.Json.Nodes;
using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Teams;

public sealed class TeamsEndpointsTests
{
    [Fact]
    public async Task A_message_in_the_own_chat_becomes_a_turn_of_that_person()
    {
        await using var host = await TeamsHost.StartAsync();

        await host.Alice.Says("i cant log in");

        var turn = Assert.IsType<MessageTurn>(Assert.Single(host.Store.Turns));
        Assert.Equal("i cant log in", turn.Text);
        Assert.Equal(new ChannelIdentity("teams", Testing.Teams.FakeBotConnector.Tenant, Staff.Alice), turn.From);
        Assert.Equal(TeamsHost.ChatOf(Staff.Alice), turn.Conversation);
    }

    [Fact]
    public async Task What_is_too_long_or_no_activity_is_refused_and_no_turn()
    {
        await using var host = await TeamsHost.StartAsync();
        var token = host.Teams.Issuer.Mint(host.Teams.ServiceUrl);

        using var tooLong = await host.Teams.DeliverAsync(new string('x', 300_000), token);
        using var broken = await host.Teams.DeliverAsync("{\"type\":\"message\"", token);
        using var twice = await host.Teams.DeliverAsync("""{"type":"message","channelId":"msteams","channelId":"webchat"}""", token);
        using var deep = await host.Teams.DeliverAsync(new string('[', 50_000), token);
        using var half = await host.Teams.DeliverAsync("""{"type":"message","text":"\ud800"}""", token);
        using var wrongKind = await host.Teams.DeliverAsync("""{"type":"message","from":"alice"}""", token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
        Assert.All([broken, twice, deep, half, wrongKind], r => Assert.Equal(HttpStatusCode.BadRequest, r.StatusCode));
        Assert.Empty(host.Store.Turns);
        Assert.All(await Task.WhenAll(new[] { tooLong, broken, deep }.Select(r => r.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))), Assert.Empty);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_a_message_is_not_taken_and_a_press_says_so()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Omar.Installs();
        await host.SayAsync(host.Omar, new("") { Card = host.AsksForApproval() });
        await host.Omar.SeesApproval("Unlock alice");
        host.Store.IsFull = true;

        var (status, body) = await host.Alice.SendAsync(Message(host, "hello"));
        var press = await host.Omar.Approves();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Empty(body);
        Assert.Equal(503, press.StatusCode);
        Assert.Contains("try again", press.Message);
        Assert.Empty(host.Store.Turns);

        host.Store.IsFull = false;
        await host.Omar.Approves();
        Assert.Single(host.Store.Turns);
    }

    [Fact]
    public async Task An_invoke_that_nobody_knows_is_answered_as_not_implemented()
    {
        await using var host = await TeamsHost.StartAsync();
        var invoke = host.Alice.Activity("invoke", host.Alice.Chat);
        invoke["name"] = "composeExtension/query";

        var (status, _) = await host.Alice.SendAsync(invoke);

        Assert.Equal(HttpStatusCode.NotImplemented, status);
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("messageReaction")]
    [InlineData("messageUpdate")]
    [InlineData("event")]
    [InlineData("somethingNew")]
    public async Task What_the_bot_does_not_act_on_is_taken_and_nothing_more(string type)
    {
        await using var host = await TeamsHost.StartAsync();

        var (status, _) = await host.Alice.SendAsync(host.Alice.Activity(type, host.Alice.Chat));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(host.Store.Turns);
    }

    [Fact]
    public async Task Somebody_without_an_object_id_is_nobody()
    {
        await using var host = await TeamsHost.StartAsync();
        var message = Message(host, "hello");
        message["from"]!.AsObject().Remove("aadObjectId");

        var (status, _) = await host.Alice.SendAsync(message);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Empty(host.Store.Turns);
        Assert.Contains(host.Store.Audit, a => a.Action == "channel.refused" && a.Facts["why"] == "nobody");
    }

    private static JsonObject Message(TeamsHost host, string text)
    {
        var message = host.Alice.Activity("message", host.Alice.Chat);
        message["text"] = text;
        return message;
    }
}
