using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Unlocking and resetting one's own account, and changing one's mind about it.</summary>
public sealed class AccountStories
{
    [Fact]
    public async Task The_question_which_account_says_which_one_is_locked_and_the_plan_says_since_when()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");

        await alice.Says("im locked out");
        await alice.Sees("Which account is locked?");
        Assert.StartsWith("locked since", (await alice.ChoiceAsync("alice in Directory")).Hint, StringComparison.Ordinal);
        Assert.Equal("not locked", (await alice.ChoiceAsync("alice in Cloud")).Hint);
        await alice.Taps("alice in Directory");

        await alice.Sees("has been locked since 23 November, 08:48 UTC, after 5 wrong passwords.");
        await alice.Sees("I've asked IT to agree; you don't need to do anything.");
        await bot.Person("omar").Approves();
        await alice.Taps("Yes");
        await alice.Sees("closed this as resolved");
        var request = await bot.LastRequestAsync();
        Assert.Equal((RequestStatus.Succeeded, true), (request.Status, request.Helped));
    }

    [Fact]
    public async Task An_account_that_is_not_locked_is_left_alone_and_nobody_is_asked()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");

        await eve.Says("unlock my account");

        await eve.Sees("Your account eve in Directory is not locked. What do you see when you try?");
        Assert.Equal(["Reset a password", "Talk to a person"], await eve.ButtonsAsync());
        await bot.Person("omar").SeesNoApproval();
        Assert.Empty(await eve.RequestsAsync());

        await eve.Taps("Reset a password");
        await eve.IsVouchedFor();
        await bot.Person("omar").SeesApproval("Reset the password of eve in Directory");
    }

    [Fact]
    public async Task An_account_chosen_for_one_request_is_asked_for_again_in_the_next()
    {
        await using var bot = await BotHost.StartAsync();
        var bob = bot.Person("bob");
        await bob.Says("reset my password");
        Assert.Equal(["bob in Directory", "bob in Cloud"], await bob.ButtonsAsync());
        await bob.Taps("bob in Cloud");
        await bob.IsVouchedFor();
        await bot.Person("omar").SeesApproval("Reset the password of bob in Cloud");

        await bob.Says("unlock my account");

        await bob.Sees("Which account is locked?");
        Assert.Equal(["bob in Directory", "bob in Cloud"], await bob.ButtonsAsync());
    }

    [Fact]
    public async Task A_correction_before_anything_was_asked_for_begins_again_aloud()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("reset my password");
        await alice.Sees("The password of which account?");

        await alice.Says("no wait, only unlock it");

        await alice.Sees("I've dropped that.");
        await alice.Sees("Which account is locked?");
        await alice.Taps("alice in Directory");
        await bot.Person("omar").SeesApproval("Unlock alice in Directory");
        Assert.Single(await alice.RequestsAsync());
    }

    [Fact]
    public async Task A_correction_of_a_request_cancels_it_everywhere_and_keeps_the_account()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        var omar = bot.Person("omar");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.IsVouchedFor();
        await omar.SeesApproval("Reset the password");
        var reset = await bot.LastRequestAsync();

        await alice.Says("no wait, only unlock it");

        await alice.Sees($"{reset.Number} is cancelled. Nothing was changed.");
        await alice.Sees("has been locked since");
        Assert.Equal(RequestStatus.Cancelled, (await bot.RequestAsync(reset.Id)).Status);
        Assert.Contains(await alice.RequestsAsync(), r => r.Id == reset.Id && r.Status == RequestStatus.Cancelled);
        Assert.Contains(await omar.CardsAsync(), c => c.RequestId == reset.Id && c.State == Replies.CardState.Cancelled && c.Buttons.Count == 0);
        await omar.Approves();
        Assert.Equal((1, 0), (await bot.Sandbox.TimesAsync("unlock", "alice"), await bot.Sandbox.TimesAsync("reset-password", "alice")));
    }

    [Theory]
    [InlineData("don't reset my password, just unlock the account", "Which account is locked?")]
    [InlineData("cant loggin passwrd expird pls hlp!!! 😭", "The password of which account?")]
    public async Task What_is_meant_is_found_through_negation_and_noise(string text, string question)
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");

        await alice.Says(text);

        Assert.Equal(question, Assert.Single(await alice.RepliesAsync()).Text);
    }
}
