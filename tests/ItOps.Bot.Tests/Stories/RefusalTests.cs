using ItOps.Bot.Approvals;
using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Everything that must not pass: nothing runs, it is audited, and nobody learns more than they may.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task The_requester_does_not_approve()
    {
        await using var bot = await BotHost.StartAsync();
        var card = await AskedAsync(bot, "omar");

        var decided = await bot.Person("omar").Presses(card.ApprovalId!, Verdict.Approve);

        await AssertRefusedAsync(bot, decided, ProblemCode.ApproverIsRequester);
        Assert.Equal("You asked for this yourself, so somebody else has to decide.", decided.Text);
    }

    [Fact]
    public async Task The_target_does_not_approve()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.Person("ruth").Says("give mona read access to the marketing share");
        var card = await bot.Person("omar").SeesApproval("Add mona to Marketing (read)");

        await AssertRefusedAsync(bot, await bot.Person("mona").Presses(card.ApprovalId!, Verdict.Approve), ProblemCode.ApproverIsTarget);
    }

    [Theory]
    [InlineData("eve")]
    [InlineData("bob")]
    [InlineData("mona")]
    public async Task A_stranger_who_clicks_learns_nothing(string stranger)
    {
        await using var bot = await BotHost.StartAsync();
        var card = await AskedAsync(bot, "alice");

        var decided = await bot.Person(stranger).Presses(card.ApprovalId!, Verdict.Approve);

        await AssertRefusedAsync(bot, decided, ProblemCode.NotAnApprover);
        Assert.Equal("You can't decide this one.", decided.Text);
        Assert.Equal(decided.Text, (await bot.Person(stranger).Presses("no-such-approval", Verdict.Approve)).Text);
        Assert.Null(await bot.Person(stranger).OpensAsync(card.RequestId!));
    }

    [Fact]
    public async Task A_stale_card_says_who_was_faster()
    {
        await using var bot = await BotHost.StartAsync();
        var card = await AskedAsync(bot, "alice");
        await bot.Person("sam").Presses(card.ApprovalId!, Verdict.Deny);

        var decided = await bot.Person("omar").Presses(card.ApprovalId!, Verdict.Approve);

        Assert.Equal((DecidedKind.AlreadyDecided, "Sam Okafor was faster: this is decided."), (decided.Kind, decided.Text));
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task A_plan_that_was_edited_before_the_click_is_not_run()
    {
        await using var bot = await BotHost.StartAsync();
        var card = await AskedAsync(bot, "alice");
        await bot.EditLastRequestAsync("D2001", "D2002");

        var decided = await bot.Person("omar").Presses(card.ApprovalId!, Verdict.Approve);

        Assert.Equal((DecidedKind.Refused, ProblemCode.PlanChanged), (decided.Kind, decided.Problem!.Code));
        await AssertWithSecurityAsync(bot);
        Assert.Single(await bot.AuditAsync("approval.plan-changed"));
    }

    [Fact]
    public async Task A_plan_that_was_edited_after_the_approval_is_not_run()
    {
        await using var bot = await BotHost.StartAsync();
        var card = await AskedAsync(bot, "alice");
        await bot.NothingRunsAsync();
        await bot.Person("omar").PressesWithoutWaiting(card.ApprovalId!, Verdict.Approve);
        await bot.EditLastRequestAsync("D2001", "D2002");

        await bot.RestartAsync();

        await AssertWithSecurityAsync(bot);
        Assert.Single(await bot.AuditAsync("request.stopped"));
    }

    [Fact]
    public async Task A_restart_between_approval_and_run_runs_it_once()
    {
        await using var bot = await BotHost.StartAsync();
        var card = await AskedAsync(bot, "alice");
        await bot.NothingRunsAsync();
        await bot.Person("omar").PressesWithoutWaiting(card.ApprovalId!, Verdict.Approve);
        Assert.Equal(RequestStatus.Approved, (await bot.LastRequestAsync()).Status);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());

        await bot.RestartAsync();
        await bot.RestartAsync();

        await bot.Person("alice").Sees("You're unlocked.");
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
    }

    [Fact]
    public async Task An_expired_approval_is_refused_even_before_anybody_noticed_that_it_expired()
    {
        await using var bot = await BotHost.StartAsync();
        var card = await AskedAsync(bot, "alice");
        var expires = card.ExpiresAt!.Value - bot.Time.GetUtcNow();
        bot.Time.Advance(expires);

        var decided = await bot.Person("omar").Presses(card.ApprovalId!, Verdict.Approve);

        Assert.Equal("This has expired and can no longer be decided.", decided.Text);
        Assert.NotEqual(DecidedKind.Counted, decided.Kind);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task An_approval_that_expired_before_its_run_could_begin_is_asked_for_again()
    {
        await using var bot = await BotHost.StartAsync();
        var card = await AskedAsync(bot, "alice");
        await bot.NothingRunsAsync();
        await bot.Person("omar").PressesWithoutWaiting(card.ApprovalId!, Verdict.Approve);

        await bot.RestartAsync(after: TimeSpan.FromHours(5));

        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        await bot.Person("alice").Sees("so I've asked again");
        var again = await bot.Person("omar").SeesApproval("Unlock alice");
        Assert.NotEqual(card.ApprovalId, again.ApprovalId);
    }

    [Fact]
    public async Task An_operation_that_is_gone_at_the_run_is_not_replaced_by_anything()
    {
        var gone = false;
        await using var bot = await BotHost.StartAsync(services =>
        {
            if (gone)
                services.Remove(services.Single(s => s.ServiceType == typeof(IOperation) && s.ImplementationType?.Name == "UnlockAccount"));
        });
        var card = await AskedAsync(bot, "alice");
        await bot.NothingRunsAsync();
        await bot.Person("omar").PressesWithoutWaiting(card.ApprovalId!, Verdict.Approve);
        gone = true;

        await bot.RestartAsync();

        await bot.Person("alice").Sees("That didn't work. A person in IT has it now");
        Assert.Equal((RequestStatus.HandedOff, ProblemCode.UnknownOperation), ((await bot.LastRequestAsync()).Status, (await bot.LastRequestAsync()).Problem!.Code));
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task An_operation_that_nobody_offers_is_refused_before_anybody_is_asked()
    {
        await using var bot = await BotHost.StartAsync(services =>
            services.Remove(services.Single(s => s.ServiceType == typeof(IOperation) && s.ImplementationType?.Name == "UnlockAccount")));
        var eve = bot.Person("eve");

        await eve.Says("unlock my account");

        await eve.Sees("I can't do that from here. A person in IT can.");
        Assert.Empty(await bot.PendingApprovalsAsync());
        Assert.Equal(nameof(ProblemCode.UnknownOperation), Assert.Single(await bot.AuditAsync("request.refused")).Facts["why"]);
    }

    [Theory]
    [InlineData("svc-backup")]
    [InlineData("bg-admin")]
    [InlineData("carl")]
    public async Task An_approver_gets_no_approval_for_an_account_that_chat_never_touches(string name)
    {
        await using var bot = await BotHost.StartAsync();
        var omar = bot.Person("omar");

        await omar.Says($"unlock user {name}");

        Assert.Empty(await bot.PendingApprovalsAsync());
        await omar.DoesNotSee("locked since");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task A_service_account_is_nobody_that_chat_knows_whatever_its_name_is_about()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");

        await alice.Says("reset the password of svc-backup");

        await alice.Sees("I don't know anybody called \"svc-backup\"");
        Assert.Empty(await bot.PendingApprovalsAsync());
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    /// <summary>Somebody's request and its card, as sam sees it.</summary>
    private static async Task<Card> AskedAsync(BotHost bot, string requester)
    {
        var person = bot.Person(requester);
        await bot.Sandbox.GetsLockedAsync(requester);
        await person.Says("im locked out");
        if (requester == "alice")
            await person.Taps("alice in Directory");
        return await bot.Person("sam").SeesApproval("Unlock " + requester);
    }

    private static async Task AssertRefusedAsync(BotHost bot, Decided decided, ProblemCode code)
    {
        Assert.Equal((DecidedKind.Refused, code), (decided.Kind, decided.Problem!.Code));
        Assert.Equal(code.ToString(), Assert.Single(await bot.AuditAsync("approval.refused")).Facts["why"]);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Single(await bot.PendingApprovalsAsync());
    }

    private static async Task AssertWithSecurityAsync(BotHost bot)
    {
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
        await bot.Person("alice").Sees("needs the security team now; it was not run.");
        await bot.Person("sam").Sees("what was to run is not what was approved");
    }
}
