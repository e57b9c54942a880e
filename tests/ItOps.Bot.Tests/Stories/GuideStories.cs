using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Problems that a person solves at their own machine, step by step, with checks that only read.</summary>
public sealed class GuideStories
{
    [Fact]
    public async Task A_guide_gives_one_step_per_message_and_three_failures_go_to_a_human_with_everything_tried()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("vpn not connecting");
        await alice.Taps("No");
        await alice.Sees("Quit the VPN app completely");
        await alice.Sees("It says \"Connected\" within a minute.");
        Assert.Equal(["That worked", "That didn't work", "I can't do that", "Talk to a person"], await alice.ButtonsAsync());

        await alice.Taps("That didn't work");
        await alice.Sees("Restart your computer.");
        await alice.DoesNotSee("Quit the VPN app");
        await alice.Says("still not working");
        await alice.Sees("Try another network");
        await alice.Taps("That didn't work");

        await alice.Sees("A person in IT has this now");
        var request = await bot.LastRequestAsync();
        Assert.Equal((RequestStatus.HandedOff, false), (request.Status, request.Helped));
        await bot.Person("omar").Sees("Alice Arden needs a person.");
        var page = await bot.Person("omar").OpensAsync(request.Id);
        var tried = page!.Timeline.Where(e => e.Text == "Tried, and it did not work").SelectMany(e => e.Output).ToList();
        Assert.Equal(3, tried.Count);
        Assert.Contains(tried, t => t.Contains("Restart your computer", StringComparison.Ordinal));
        Assert.Contains(page.Timeline, e => e.Text == "Did not want the check");
    }

    [Fact]
    public async Task A_step_that_worked_resolves_the_request()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("vpn not connecting");
        await alice.Taps("No");

        await alice.Taps("That worked");

        await alice.Sees("Good to hear.");
        var request = await bot.LastRequestAsync();
        Assert.Equal((RequestStatus.Succeeded, true), (request.Status, request.Helped));
    }

    [Fact]
    public async Task A_button_of_an_earlier_step_says_that_it_is_closed()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("vpn not connecting");
        await alice.Taps("No");
        var first = await alice.ChoiceAsync("That worked");
        await alice.Taps("That didn't work");

        await alice.AcceptAsync(new Turns.ChoiceTurn(alice.NewId(), alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), first.Id));

        Assert.Contains("already closed", (await alice.LastReplyAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(RequestStatus.Draft, (await bot.LastRequestAsync()).Status);
    }

    [Theory]
    [InlineData("my laptop is so slow", "May I check disk, memory, processor and the time since the last restart?")]
    [InlineData("vpn not connecting", "May I check the network (connection, names of servers, clock)?")]
    public async Task A_check_runs_on_this_machine_after_a_yes_and_shows_the_three_facts_that_matter(string text, string question)
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says(text);
        await alice.Sees(question);
        await alice.Sees("only reads and changes nothing");
        Assert.Empty(await bot.AuditAsync("step.started"));

        await alice.Taps("Yes");

        await alice.Sees("Having a look now.");
        var found = Assert.Single(await alice.RepliesAsync(), r => r.Text.StartsWith("This is what I found:", StringComparison.Ordinal));
        Assert.InRange(found.Text.Split('\n').Length, 2, 4);
        Assert.Equal(["That worked", "That didn't work", "I can't do that", "Talk to a person"], await alice.ButtonsAsync());
        Assert.Single(await bot.AuditAsync("step.succeeded"));
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Empty(await bot.Person("omar").RepliesAsync());
    }

    [Fact]
    public async Task Where_a_check_cannot_run_the_guide_goes_on_without_it()
    {
        await using var bot = await BotHost.StartAsync(settings: new() { ["Executors:Scripts:Enabled"] = "false" });
        var alice = bot.Person("alice");

        await alice.Says("my laptop is so slow");

        await alice.Sees("Look for pending updates");
        Assert.Equal(nameof(ProblemCode.UnknownOperation), Assert.Single(await bot.AuditAsync("check.impossible")).Facts["why"].Split(':')[0]);
    }

    [Fact]
    public async Task A_check_can_be_watched_while_it_runs()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("my laptop is so slow");
        var request = await bot.LastRequestAsync();
        var progress = bot.Services.GetRequiredService<RunProgress>();
        var seen = new List<string>();
        using var watching = progress.Subscribe(id => seen.AddRange(progress.Of(id, 0)));

        await alice.Says("yes");

        Assert.NotEmpty(seen);
        Assert.Empty(progress.Of(request.Id, 0));
        Assert.Contains((await alice.OpensAsync(request.Id))!.Timeline, e => e.Output.Contains(seen[0]));
    }

    [Fact]
    public async Task A_person_who_wants_a_person_in_the_middle_of_a_guide_gets_one_without_an_argument()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("vpn not connecting");
        await alice.Taps("No");

        await alice.Says("let me talk to someone");

        await alice.Sees("A person in IT has this now");
        var card = Assert.Single(await bot.Person("omar").CardsAsync());
        Assert.Equal(("Get the VPN to connect", CardState.HandedOff), (card.Title, card.State));
        Assert.Contains(card.Details, d => d.Value == "vpn not connecting");
    }
}
