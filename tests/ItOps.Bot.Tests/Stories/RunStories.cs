using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Runs that do not go as planned: the target changed, the system refuses, nobody knows what happened.</summary>
public sealed class RunStories
{
    [Fact]
    public async Task A_target_that_became_privileged_between_card_and_click_is_not_touched_and_goes_to_security()
    {
        await using var bot = await BotHost.StartAsync();
        var bob = bot.Person("bob");
        var omar = bot.Person("omar");
        await bob.Says("reset my password");
        await bob.Taps("bob in Directory");
        await bob.IsVouchedFor();
        await omar.SeesApproval("Reset the password of bob");
        await bot.Sandbox.BecomesPrivilegedAsync("bob");

        await omar.Approves();

        await bob.Sees("needs the security team now; it was not run.");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        await bot.Person("sam").Sees("For security: Bob Brandt asked for something that touches a protected account.");
        var card = (await omar.CardsAsync())[^1];
        Assert.Equal((CardState.HandedOff, 0), (card.State, card.Buttons.Count));
        Assert.Contains(card.Facts, f => f.Label == "Why not" && f.Value.Contains("is privileged, directly or through nested groups", StringComparison.Ordinal));
        Assert.Single(await bot.AuditAsync("request.stopped"));
    }

    [Fact]
    public async Task A_lock_that_somebody_else_lifted_meanwhile_is_read_and_left_alone()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        await bot.Sandbox.SomebodyUnlocksAsync("alice");

        await bot.Person("omar").Approves();

        await alice.Sees("You're unlocked.");
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        Assert.Contains((await bot.Person("omar").CardsAsync())[^1].Facts, f => f is { Label: "Verified", Value: "Read again: not locked." });
    }

    [Fact]
    public async Task A_refusal_by_policy_is_told_plainly_to_her_and_exactly_to_him_and_not_tried_again()
    {
        await using var bot = await BotHost.StartAsync();
        var (alice, omar) = await ApprovedAsync(bot, "reset my password", "policy");

        await alice.Sees("The system didn't allow that, so nothing was changed. A person in IT has it now");
        await alice.DoesNotSee("refuses new passwords");
        Assert.Contains((await omar.CardsAsync()).SelectMany(c => c.Facts), f => f.Label == "Why not" && f.Value.Contains("Directory refuses new passwords", StringComparison.Ordinal));
        Assert.Single(await bot.AuditAsync("step.started"));
        await AssertHandedOffAsync(bot, alice);
    }

    [Fact]
    public async Task A_system_that_is_away_is_tried_once_more_and_then_left_to_a_human()
    {
        await using var bot = await BotHost.StartAsync();
        var (alice, omar) = await ApprovedAsync(bot, "im locked out", "unavailable");

        await alice.Sees("I couldn't reach the system, so this isn't done. A person in IT has it now");
        Assert.Contains((await omar.CardsAsync()).SelectMany(c => c.Facts), f => f.Label == "Why not" && f.Value.Contains("under maintenance", StringComparison.Ordinal));
        Assert.Equal(["1", "2"], (await bot.AuditAsync("step.started")).Select(e => e.Facts["attempt"]).Order(StringComparer.Ordinal));
        await AssertHandedOffAsync(bot, alice);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_step_that_nobody_can_tell_about_is_put_to_the_approvers_and_both_answers_are_kept(bool happened)
    {
        var interruption = new Interruption { Happens = happened };
        await using var bot = await BotHost.StartAsync(interruption.Into);
        var alice = bot.Person("alice");
        var omar = bot.Person("omar");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        await omar.PressesWithoutWaiting((await omar.SeesApproval("Unlock alice")).ApprovalId!, Verdict.Approve);
        await interruption.Begun;
        interruption.Dies = false;
        await bot.RestartAsync();
        await bot.TimePassesAsync(RunLease.Length + TimeSpan.FromSeconds(1));

        await alice.Sees("I was interrupted and can't tell whether that happened. I've asked IT to look; please don't try again yet.");
        var question = await omar.SeesApproval("Did this happen?");
        Assert.Equal(["It happened", "It didn't, do it again"], question.Buttons.Select(b => b.Label));
        Assert.Equal(RequestStatus.Unknown, (await bot.LastRequestAsync()).Status);
        Assert.Equal(ProblemCode.InvalidArguments, (await omar.Presses(question.ApprovalId!, Verdict.Approve)).Problem!.Code);
        Assert.Equal(ProblemCode.ApproverIsRequester, (await alice.Presses(question.ApprovalId!, Verdict.ItHappened)).Problem!.Code);

        await omar.Presses(question.ApprovalId!, happened ? Verdict.ItHappened : Verdict.RunAgain);

        await alice.Sees("You're unlocked.");
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        Assert.Equal(happened ? "ItHappened" : "RunAgain", (await bot.AuditAsync("approval.granted")).Single(e => e.Facts["purpose"] == "Outcome").Facts["verdict"]);
        Assert.Contains((await omar.CardsAsync())[^1].Facts, f => f.Label == (happened ? "Found done by" : "Run again by") && f.Value == "Omar Haddad");
        Assert.Equal(RequestStatus.Succeeded, (await bot.LastRequestAsync()).Status);
    }

    private static async Task<(StoryPerson Alice, StoryPerson Omar)> ApprovedAsync(BotHost bot, string wish, string refusal)
    {
        var alice = bot.Person("alice");
        var omar = bot.Person("omar");
        await alice.Says(wish);
        await alice.Taps("alice in Directory");
        if (wish == "reset my password")
            await alice.IsVouchedFor();
        await bot.Sandbox.RefusesAsync(refusal);
        await omar.Approves();
        return (alice, omar);
    }

    private static async Task AssertHandedOffAsync(BotHost bot, StoryPerson alice)
    {
        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.DoesNotContain(await alice.CardsAsync(), c => c.State == CardState.Succeeded);
        Assert.Equal(0, await alice.TimesSeen("Did that help"));
        await bot.Person("sam").Sees("Alice Arden needs a person.");
    }
}
