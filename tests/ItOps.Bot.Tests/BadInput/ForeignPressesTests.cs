using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Tests.BadInput.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.BadInput;

/// <summary>Buttons and forms that bring what they were never given: no id at all, or the id of somebody else's.</summary>
public sealed class ForeignPressesTests
{
    private static readonly string[] s_noIds =
        ["", " ", "\0", "null", "{}", "[]", "0", "-1", "../../approvals", "' OR 1=1 --", "<script>", "\u202Edi", "ｉｄ", "🔥", new string('a', 150), new string('a', 2_000), "a\nb"];

    [Fact]
    public async Task In_Slack_nobody_answers_for_another_nor_decides_what_they_may_not()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, bob, eve, omar) = (bot.InSlack("alice"), bot.InSlack("bob"), bot.InSlack("eve"), bot.InSlack("omar"));
        await alice.Says("i cant log in, think im locked out");
        await bob.Says("i cant log in, think im locked out");
        await eve.Says("hello");
        var aliceChoice = ButtonOf(alice, "alice in Directory");

        await eve.Presses(Newest(eve), aliceChoice);
        await eve.Sees("That question is already closed");
        await bob.Presses(Newest(bob), ButtonOf(bob, "bob in Directory") with { Value = aliceChoice.Value });
        await bob.Sees("That question is already closed");
        Assert.Empty(await bot.Bot.PendingApprovalsAsync());

        await alice.Taps("alice in Directory");
        var card = await omar.SeesApproval("Unlock alice");
        foreach (var button in card.Buttons.Where(b => b.Url is null))
        {
            foreach (var person in new[] { alice, bob, eve })
                await person.Presses(Newest(person), button);
            if (button.Label == "Approve")
                await eve.Sees("You can't decide this one");
        }

        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.Bot.LastRequestAsync()).Status);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        await OmarApprovesAsync(bot, omar.Approves);
        await alice.Sees("You're unlocked");
    }

    [Fact]
    public async Task In_Teams_nobody_answers_for_another_nor_decides_what_they_may_not()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, bob, eve, omar) = (await bot.InTeamsAsync("alice"), await bot.InTeamsAsync("bob"), await bot.InTeamsAsync("eve"), await bot.InTeamsAsync("omar"));
        await alice.Says("i cant log in, think im locked out");
        await bob.Says("i cant log in, think im locked out");
        var choice = alice.Chat.Posted[^1].Card!.Buttons.First(b => b.Verb == "choice");

        foreach (var person in new[] { bob, eve })
        {
            await PressAsync(bot, person, choice.Action);
            await person.Sees("That question is already closed");
        }

        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
        await alice.Taps("alice in Directory");
        var card = await omar.SeesApproval("Unlock alice");
        foreach (var verb in new[] { "approve", "deny", "ask", "refresh" })
        {
            foreach (var person in new[] { alice, bob, eve })
            {
                var action = (JsonObject)card.Buttons.First(b => b.Verb == "approve").Action.DeepClone();
                action["verb"] = verb;
                action["data"]!["note"] = "because";
                var answer = await PressAsync(bot, person, action);
                Assert.DoesNotContain("\"approve\"", answer, StringComparison.Ordinal);
            }
        }

        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.Bot.LastRequestAsync()).Status);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        await OmarApprovesAsync(bot, omar.Approves);
    }

    [Fact]
    public async Task A_form_is_the_one_who_sent_its_whatever_it_says_it_is_about()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, eve, omar) = (bot.InSlack("alice"), bot.InSlack("eve"), bot.InSlack("omar"));
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        var card = await omar.SeesApproval("Unlock alice");
        await omar.Taps("Deny");
        var form = omar.Modal!;
        var approval = card.Buttons.Single(b => b.Label == "Approve").Value!;

        foreach (var person in new[] { eve, alice })
        {
            foreach (var about in (string[])[$"Deny {approval}", $"Ask {approval}", $"Approve {approval}", $"RunAgain {approval}"])
                await SubmitAsync(person, about);
        }

        foreach (var about in (string[])[$"Approve {approval}", $"approve {approval}", $"ItHappened {approval}", $"RunAgain {approval}", $"4 {approval}", $"Deny  {approval}", $"Deny {approval} {approval}", "Deny", "Deny nothing", "", "\0", new string('x', 3_000)])
            await SubmitAsync(omar, about);

        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.Bot.LastRequestAsync()).Status);
        await alice.DoesNotSee("because");
        await OmarApprovesAsync(bot, omar.Approves);

        async Task SubmitAsync(SlackUser person, string about)
        {
            var view = JsonNode.Parse(form.View.GetRawText())!;
            view["private_metadata"] = about;
            Assert.Equal(200, (await bot.Slack.InteractionAsync(person.Submission(new(form.Id, JsonSerializer.SerializeToElement(view)), "because"))).Status);
            await bot.SettleAsync();
        }
    }

    [Fact]
    public async Task What_is_no_id_is_nothing_on_either_platform()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (bob, sam, omar) = (bot.InSlack("bob"), await bot.InTeamsAsync("sam"), bot.InSlack("omar"));
        await bob.Says("im locked out");
        await omar.Says("hello");
        var choice = ButtonOf(bob, "bob in Directory");

        foreach (var nothing in s_noIds)
        {
            foreach (var action in (string[])[choice.ActionId, "approve", "deny", "ask", "it_happened", "run_again", "details", "request", "answer", nothing])
                Assert.Equal(200, (await omar.Presses(Newest(omar), choice with { ActionId = action, Value = nothing })).Status);
            foreach (var verb in (string[])["choice", "approve", "deny", "ask", "ithappened", "runagain", "refresh", nothing])
                await PressAsync(bot, sam, new() { ["verb"] = verb, ["data"] = new JsonObject { ["id"] = nothing, ["note"] = "because" } });
        }

        foreach (var data in (string[])["null", "7", "\"approve\"", "[]", "{}", "{\"id\":7}", "{\"id\":null}", "{\"id\":{\"id\":\"x\"}}", "{\"id\":[\"x\"]}", "{\"id\":\"\\ud83d\"}", "{\"\\ud83d\":\"x\"}"])
            await PressAsync(bot, sam, new() { ["verb"] = "approve" }, data);

        await bot.IsUnharmedAsync();
    }

    private static FakeSlackMessage Newest(SlackUser person) => person.Messages[^1];

    private static SlackButton ButtonOf(SlackUser person, string label) =>
        person.Messages.SelectMany(m => m.Buttons).First(b => b.Label.StartsWith(label, StringComparison.OrdinalIgnoreCase));

    private static async Task OmarApprovesAsync(ConnectedBot bot, Func<Task> approve)
    {
        await approve();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        Assert.Equal(1, await bot.Sandbox.EffectsAsync());
        Assert.DoesNotContain("turn.failed", await bot.Bot.AuditedAsync());
    }

    /// <summary>Returns what the press was answered with. <paramref name="data"/> is put in place of the action's, as it is.</summary>
    private static async Task<string> PressAsync(ConnectedBot bot, TeamsUser person, JsonObject action, string? data = null)
    {
        var press = person.Activity("invoke", person.Chat);
        press["name"] = "adaptiveCard/action";
        press["value"] = new JsonObject { ["action"] = action.DeepClone() };
        if (data is not null)
            press["value"]!["action"]!["data"] = "@data@";
        using var answer = await bot.Teams.DeliverAsync(press.ToJsonString().Replace("\"@data@\"", data, StringComparison.Ordinal), bot.Teams.Issuer.Mint(bot.Teams.ServiceUrl));
        await bot.SettleAsync();
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK || (data is not null && answer.StatusCode == HttpStatusCode.BadRequest), $"{answer.StatusCode} to {data}");
        Assert.DoesNotContain("\"statusCode\":500", body, StringComparison.Ordinal);
        return body;
    }
}
