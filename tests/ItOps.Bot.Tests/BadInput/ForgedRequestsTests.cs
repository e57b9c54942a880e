using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Tests.BadInput.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.BadInput;

/// <summary>Whoever cannot prove to be Slack or Teams, or is not of the organisation, is turned away, with a trace that a flood cannot make long.</summary>
public sealed class ForgedRequestsTests
{
    private static readonly string[] s_paths = ["slack/events", "slack/commands", "slack/interactivity"];

    [Fact]
    public async Task Slack_is_only_who_signs_these_bytes_now_and_for_the_first_time()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var body = JsonSerializer.Serialize(alice.Event(alice.MessageEvent("im locked out", "1700000000.000100")));
        var now = bot.Bot.Time.GetUtcNow();
        var (at, good) = (SlackSigner.Timestamp(now), SlackSigner.Sign(bot.Slack.SigningSecret, now, body));

        foreach (var path in s_paths)
        {
            await RefusedAsync(path, null, null);
            await RefusedAsync(path, at, null);
            await RefusedAsync(path, null, good);
            await RefusedAsync(path, at + ".0", good);
            await RefusedAsync(path, "-1", good);
            await RefusedAsync(path, new string('9', 400), good);
            await RefusedAsync(path, at, SlackSigner.Sign("not-the-secret", now, body));
            await RefusedAsync(path, at, SlackSigner.Sign("", now, body));
            await RefusedAsync(path, at, SlackSigner.Sign(bot.Slack.SigningSecret, now, body + " "));
            await RefusedAsync(path, at, good[3..]);
            await RefusedAsync(path, at, "v1=" + good[3..]);
            await RefusedAsync(path, at, good + good);
            foreach (var other in new[] { now.AddSeconds(-301), now.AddSeconds(301) })
                await RefusedAsync(path, SlackSigner.Timestamp(other), SlackSigner.Sign(bot.Slack.SigningSecret, other, body));
        }

        var harmless = "{\"type\":\"event_callback\",\"team_id\":\"T0LAB\",\"event\":{\"type\":\"nothing\"}}";
        Assert.Equal(200, (await bot.Slack.PostAsync("slack/events", harmless, "application/json")).Status);
        foreach (var path in s_paths)
            Assert.Equal(401, (await bot.Slack.PostAsync(path, harmless, "application/json")).Status);

        var refused = await bot.RefusedAsync("slack");
        Assert.Equal(["bad signature", "bad timestamp", "no signature", "replayed", "stale"], refused.Select(r => r.Why).Order(StringComparer.Ordinal));
        Assert.All(refused, r => Assert.Equal("1", r.Times));
        Assert.Empty(alice.Messages);
        Assert.Empty(bot.Slack.Calls);

        bot.Bot.Time.Advance(TimeSpan.FromSeconds(61));
        await RefusedAsync("slack/events", at, SlackSigner.Sign("not-the-secret", now, body));
        Assert.Equal(("bad signature", $"{6 * s_paths.Length}"), (await bot.RefusedAsync("slack"))[^1]);
        await bot.IsUnharmedAsync();

        async Task RefusedAsync(string path, string? timestamp, string? signature)
        {
            var receipt = await bot.Slack.PostAsync(path, body, "application/json", timestamp, signature);
            Assert.Equal((401, ""), (receipt.Status, receipt.Body));
        }
    }

    [Fact]
    public async Task People_of_other_workspaces_get_nothing_done_whatever_they_try()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (elsewhere, guest) = (new SlackUser(bot.Slack, "U0ALICE", "T0EVIL"), new SlackUser(bot.Slack, "U0ALICE", "T0EVIL") { Around = FakeSlack.Team });
        bot.Slack.AddChannel("C0HELP");

        foreach (var somebody in new[] { elsewhere, guest })
        {
            await somebody.Says("im locked out");
            await somebody.Mentions("C0HELP", "im locked out");
            await somebody.AsksItAbout("im locked out");
        }

        await elsewhere.OpensHome();
        await elsewhere.Commands("im locked out");

        Assert.Equal([("wrong team", "1"), ("stranger", "1")], await bot.RefusedAsync("slack"));
        Assert.Empty(bot.InSlack("alice").Messages);
        Assert.Empty(bot.Slack.MessagesIn("C0HELP"));
        Assert.Null(elsewhere.Home);
        Assert.Null(elsewhere.Modal);
        await bot.IsUnharmedAsync();
    }

    [Fact]
    public async Task Teams_is_only_who_holds_the_platforms_token_for_this_bot_this_channel_and_this_place()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.Teams.User("alice", "1f6b2c04-93ad-4e58-b7c1-2a90d8e45f11");

        foreach (var defect in Enum.GetValues<TokenDefect>().Where(d => d != TokenDefect.None))
        {
            for (var time = 0; time < 3; time++)
                await RefusedAsync(_ => { }, bot.Teams.Issuer.Mint(bot.Teams.ServiceUrl, defect));
        }

        foreach (var token in new[] { null, "", "not.a.token", "e30.e30.", new string('x', 20_000) })
            await RefusedAsync(_ => { }, token);
        var good = bot.Teams.Issuer.Mint(bot.Teams.ServiceUrl);
        await RefusedAsync(a => a["serviceUrl"] = "https://collector.example.net/", good);
        await RefusedAsync(a => a["channelId"] = "webchat", good);
        await RefusedAsync(a => a["conversation"]!["tenantId"] = "11111111-1111-4111-8111-111111111111", good);
        await RefusedAsync(
            a =>
            {
                a["conversation"]!["tenantId"] = "11111111-1111-4111-8111-111111111111";
                a["channelData"]!["tenant"]!["id"] = "11111111-1111-4111-8111-111111111111";
            },
            good);
        await RefusedAsync(
            a =>
            {
                a["conversation"]!["tenantId"] = null;
                a.Remove("channelData");
            },
            good);
        await RefusedAsync(a => a["from"]!["aadObjectId"] = null, good);

        var refused = await bot.RefusedAsync("teams");
        Assert.Equal(
            ["bad algorithm", "bad signature", "expired", "key not endorsed", "no token", "nobody", "other channel", "unknown key", "unreadable token", "wrong audience", "wrong issuer", "wrong service URL", "wrong tenant"],
            refused.Select(r => r.Why).Order(StringComparer.Ordinal));
        Assert.Empty(alice.Chat.Posted);

        bot.Bot.Time.Advance(TimeSpan.FromSeconds(61));
        await RefusedAsync(_ => { }, bot.Teams.Issuer.Mint(bot.Teams.ServiceUrl, TokenDefect.WrongAudience));
        Assert.Equal(("wrong audience", "3"), (await bot.RefusedAsync("teams"))[^1]);
        await bot.IsUnharmedAsync();

        async Task RefusedAsync(Action<JsonObject> change, string? token)
        {
            var activity = alice.Activity("message", alice.Chat);
            activity["text"] = "im locked out";
            change(activity);
            using var answer = await bot.Teams.DeliverAsync(activity.ToJsonString(), token);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
            Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }
}
