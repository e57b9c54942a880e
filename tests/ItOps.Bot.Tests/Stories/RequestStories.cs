using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>What becomes of a request while others have it: status, cancelling, questions, no, silence, another day.</summary>
public sealed class RequestStories
{
    [Fact]
    public async Task The_status_says_in_plain_words_who_has_it()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);

        await alice.Says("what's happening with my request?");

        await alice.Sees($"{(await bot.LastRequestAsync()).Number}, Unlock alice in Directory: waiting for IT");
    }

    [Fact]
    public async Task The_status_of_something_with_an_owner_names_the_owner()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");
        await eve.Says("give me read access to the finance share");

        await eve.Says("status");

        await eve.Sees("waiting for Mona Petrov");
    }

    [Fact]
    public async Task Never_mind_cancels_it_everywhere()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);
        var omar = bot.Person("omar");
        var card = await omar.SeesApproval("Unlock alice");

        await alice.Says("never mind");

        await alice.Sees("is cancelled. Nothing was changed.");
        Assert.All(await omar.CardsAsync(), c => Assert.Equal((CardState.Cancelled, 0), (c.State, c.Buttons.Count)));
        Assert.All(await alice.CardsAsync(), c => Assert.Equal(CardState.Cancelled, c.State));
        Assert.Equal("This is closed and can no longer be decided.", (await omar.Presses(card.ApprovalId!, Turns.Verdict.Approve)).Text);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task A_person_is_called_at_any_time_with_what_was_said_before()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);

        await alice.Says("let me talk to someone");

        await alice.Sees("A person in IT has this now");
        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
        await bot.Person("omar").Sees("Alice Arden needs a person.");
        await bot.Person("omar").SeesNoApproval();
    }

    [Fact]
    public async Task An_approver_asks_back_and_the_answer_appears_on_the_same_card()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);
        var omar = bot.Person("omar");
        var before = await omar.SeesApproval("Unlock alice");

        await omar.Asks("why now?");
        await alice.Sees("Omar Haddad asks: \"why now?\" Just write your answer here.");
        await alice.Says("wait, I have a meeting at ten");
        await alice.Sees("I've passed that on.");

        var after = await omar.SeesApproval("Unlock alice");
        Assert.Equal(before.ApprovalId, after.ApprovalId);
        Assert.Contains(after.Facts, f => f.Label == "Omar Haddad asks" && f.Value == "why now?");
        Assert.Contains(after.Facts, f => f.Label == "Answer" && f.Value == "wait, I have a meeting at ten");
        Assert.Contains(await omar.CardsAsync(), c => c.Facts.Any(f => f.Label == "Answer" && f.Value.Contains("ten", StringComparison.Ordinal)));
        await omar.Approves();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
    }

    [Fact]
    public async Task A_question_finds_her_in_the_middle_of_another_conversation_and_loses_neither()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);
        var omar = bot.Person("omar");
        await alice.Says("reset my password");
        await alice.Sees("The password of which account?");

        await omar.Asks("why now?");
        await alice.Sees("\"why now?\"");
        await alice.Taps("Answer");
        await alice.Says("the meeting");
        await alice.Says("the cloud one");
        await alice.IsVouchedFor();

        await omar.SeesApproval("Reset the password of alice in Cloud");
        var unlock = await omar.SeesApproval("Unlock alice in Directory");
        Assert.Contains(unlock.Facts, f => f.Label == "Answer" && f.Value == "the meeting");
    }

    [Fact]
    public async Task What_a_question_interrupted_goes_on_when_the_decision_comes_before_the_answer()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);
        await alice.Says("reset my password");
        await bot.Person("omar").Asks("why now?");
        await alice.Taps("Answer");
        var approvals = await bot.PendingApprovalsAsync();
        await bot.Person("sam").Presses(Assert.Single(approvals).Id, Turns.Verdict.Approve);

        await alice.Says("the cloud one");
        await alice.IsVouchedFor();

        await bot.Person("omar").SeesApproval("Reset the password of alice in Cloud");
        Assert.Equal(1, await alice.TimesSeen("You're unlocked"));
    }

    [Fact]
    public async Task A_no_is_told_kindly_with_its_reason_and_a_way_on()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);

        await bot.Person("omar").Denies("Please call me first");

        await alice.Sees("Omar Haddad decided against this one: \"Please call me first\". If you still need it, talk to a person.");
        Assert.Equal(["Talk to a person"], await alice.ButtonsAsync());
        foreach (var name in new[] { "alice", "omar", "sam" })
            Assert.All(await bot.Person(name).CardsAsync(), c => Assert.Equal((CardState.Denied, 0), (c.State, c.Buttons.Count)));
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task Silence_brings_a_reminder_then_a_second_team_then_an_end_and_each_is_told_once()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);
        var omar = bot.Person("omar");

        await bot.TimePassesAsync(TimeSpan.FromHours(2));
        await omar.Sees("Still waiting for a decision: Unlock alice in Directory.");
        await alice.DoesNotSee("second team");
        await bot.TimePassesAsync(TimeSpan.FromHours(1));
        await alice.Sees("is taking longer than it should, so I've asked a second team too.");
        await bot.TimePassesAsync(TimeSpan.FromMinutes(30));
        await bot.TimePassesAsync(TimeSpan.FromMinutes(30));
        await bot.TimePassesAsync(TimeSpan.FromHours(3));

        await alice.Sees("so it has closed. Nothing was changed.");
        Assert.Equal((1, 1, 1), (await omar.TimesSeen("Still waiting"), await alice.TimesSeen("a second team"), await alice.TimesSeen("so it has closed")));
        Assert.Equal(RequestStatus.Expired, (await bot.LastRequestAsync()).Status);
        Assert.All(await omar.CardsAsync(), c => Assert.Equal((CardState.Expired, 0), (c.State, c.Buttons.Count)));
        Assert.Equal(["approval.reminded", "approval.escalated", "approval.expired"], (await bot.AuditedAsync()).Reverse().Where(a => a.StartsWith("approval.", StringComparison.Ordinal)).Skip(1));
    }

    [Fact]
    public async Task A_question_survives_a_restart_and_a_night()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("im locked out");
        await bot.RestartAsync();
        await bot.TimePassesAsync(TimeSpan.FromDays(1));

        await alice.Says("the first one");

        await bot.Person("omar").SeesApproval("Unlock alice in Directory");
    }

    [Fact]
    public async Task A_request_that_expired_overnight_is_not_argued_with()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await WaitingAsync(bot);
        await bot.RestartAsync();
        await bot.TimePassesAsync(TimeSpan.FromDays(1));
        Assert.Equal(1, await alice.TimesSeen("so it has closed"));

        await alice.Says("im locked out");

        await alice.Sees("Which account is locked?");
    }

    private static async Task<StoryPerson> WaitingAsync(BotHost bot)
    {
        var alice = bot.Person("alice");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        return alice;
    }
}
