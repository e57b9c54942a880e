using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>After a reset its owner and their manager are told, and either of them can have the account blocked at once.</summary>
public sealed class ReportStories
{
    [Fact]
    public async Task After_a_reset_owner_and_manager_are_told_what_was_done_and_by_whom()
    {
        await using var bot = await BotHost.StartAsync();
        await ResetAsync(bot);

        var (alice, mona) = (await NoticeAsync(bot, "alice"), await NoticeAsync(bot, "mona"));
        Assert.Contains("\"Reset the password of alice in Cloud\" was done on 23 November, 09:00 UTC. Alice Arden asked for it and Omar Haddad approved it.", alice.Text);
        Assert.Contains("because Alice Arden reports to you", mona.Text);
        Assert.Equal(["This wasn't me", "This looks wrong"], [Assert.Single(alice.Card!.Buttons).Label, Assert.Single(mona.Card!.Buttons).Label]);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("revoke-sessions", "alice", "cloud"));
        foreach (var name in new[] { "omar", "sam", "eve", "bob" })
            Assert.DoesNotContain(await bot.Person(name).RepliesAsync(), r => r.Card?.Buttons.Any(b => b.Action == CardAction.NotMe) == true);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("mona")]
    public async Task One_press_blocks_the_account_and_security_has_everything(string who)
    {
        await using var bot = await BotHost.StartAsync();
        var reset = await ResetAsync(bot);
        var notice = await NoticeAsync(bot, who);

        var pressed = await bot.Person(who).Presses(notice.Card!.ApprovalId!, Verdict.NotMe);

        Assert.Equal(DecidedKind.Reported, pressed.Kind);
        Assert.False((await bot.Sandbox.AccountAsync("alice", "cloud")).IsEnabled);
        Assert.Equal((1, 0), (await bot.Sandbox.TimesAsync("block", "alice", "cloud"), await bot.Sandbox.TimesAsync("block", "alice")));
        Assert.Equal(PracticeOutcome.Disabled, await bot.Sandbox.SignsInAsync("alice", new("Practice-makes-perfect-26"), "cloud"));
        var report = await bot.LastRequestAsync();
        Assert.Equal((RequestStatus.HandedOff, who), (report.Status, (await bot.Person(who).PrincipalAsync()).Id == report.Requester ? who : "somebody else"));
        var toSecurity = await bot.Person("sam").LastReplyAsync();
        Assert.Contains("The account is blocked until somebody at IT lifts it.", toSecurity.Text);
        Assert.Contains(toSecurity.Card!.Facts, f => f is { Label: "Approved by", Value: "Omar Haddad" });
        Assert.Contains(toSecurity.Card!.Facts, f => f.Label == "Reported by" && f.Value.StartsWith(report.RequesterName, StringComparison.Ordinal));
        Assert.True(await bot.Person("alice").TimesSeen($"The security team has this as {report.Number} and calls you back") == 1);
        Assert.Equal(RequestStatus.Succeeded, (await bot.RequestAsync(reset.Id)).Status);
        foreach (var name in new[] { "alice", "mona" })
            Assert.DoesNotContain(await bot.Person(name).CardsAsync(), c => c.Buttons.Any(b => b.Action == CardAction.NotMe));
        Assert.Equal([report.Requester.Value], (await bot.AuditAsync("report.pressed")).Select(e => e.Actor));
    }

    [Fact]
    public async Task Pressing_again_and_together_changes_nothing_more()
    {
        await using var bot = await BotHost.StartAsync();
        await ResetAsync(bot);
        var id = (await NoticeAsync(bot, "alice")).Card!.ApprovalId!;

        var pressed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => bot.Person(i % 2 == 0 ? "alice" : "mona").PressesWithoutWaiting(id, Verdict.NotMe)));
        await bot.SettleAsync();
        var late = await bot.Person("mona").Presses(id, Verdict.NotMe);

        Assert.Single(pressed, p => p.Kind == DecidedKind.Reported);
        Assert.All(pressed.Where(p => p.Kind != DecidedKind.Reported).Append(late), p => Assert.Equal((DecidedKind.AlreadyDecided, Words.English.ReportedAlready), (p.Kind, p.Text)));
        Assert.Equal(1, await bot.Sandbox.TimesAsync("block", "alice", "cloud"));
        Assert.Single(await bot.AuditAsync("report.pressed"));
    }

    [Fact]
    public async Task Nobody_else_can_press_not_even_who_approved()
    {
        await using var bot = await BotHost.StartAsync();
        await ResetAsync(bot);
        var id = (await NoticeAsync(bot, "alice")).Card!.ApprovalId!;

        foreach (var name in new[] { "omar", "sam", "eve", "bob" })
            Assert.Equal((DecidedKind.Refused, ProblemCode.NotAnApprover), ((await bot.Person(name).Presses(id, Verdict.NotMe)) is var d ? d.Kind : default, d.Problem?.Code));
        foreach (var verdict in new[] { Verdict.Approve, Verdict.Deny, Verdict.Ask, Verdict.ItHappened })
            Assert.Equal(ProblemCode.InvalidArguments, (await bot.Person("alice").Presses(id, verdict, "x")).Problem?.Code);

        Assert.True((await bot.Sandbox.AccountAsync("alice", "cloud")).IsEnabled);
    }

    [Fact]
    public async Task What_is_only_kept_ready_is_nowhere_to_be_seen_counted_or_cancelled()
    {
        await using var bot = await BotHost.StartAsync();
        var reset = await ResetAsync(bot);
        var alice = bot.Person("alice");

        Assert.Equal(reset.Id, Assert.Single(await alice.RequestsAsync()).Id);
        Assert.Equal(reset.Id, Assert.Single(await bot.Person("sam").RequestsAsync()).Id);
        Assert.Equal(1, await bot.Services.GetRequiredService<IRequestStore>().CountSinceAsync(reset.Requester, DateTimeOffset.MinValue, CancellationToken.None));
        await bot.Person("omar").SeesNoApproval();
        await alice.SeesNoApproval();
        Assert.DoesNotContain(await bot.Services.GetRequiredService<ApprovalQueue>().DecidedAsync(await bot.Person("sam").PrincipalAsync(), 50, CancellationToken.None), i => i.Approval.Purpose == ApprovalPurpose.Report);
        await alice.Taps("Yes");
        await alice.Says("status");
        await alice.Sees(Words.English.NoRequests);
        await alice.Says("cancel");
        Assert.Single(await bot.ReportsAsync());
        Assert.DoesNotContain((await alice.OpensAsync(reset.Id))!.Timeline, t => t.Text.Contains("report", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task After_seven_days_the_button_is_gone()
    {
        await using var bot = await BotHost.StartAsync();
        await ResetAsync(bot);
        var id = (await NoticeAsync(bot, "alice")).Card!.ApprovalId!;

        await bot.TimePassesAsync(TimeSpan.FromDays(7));

        Assert.Equal(DecidedKind.AlreadyDecided, (await bot.Person("alice").Presses(id, Verdict.NotMe)).Kind);
        Assert.DoesNotContain(await bot.Person("alice").CardsAsync(), c => c.Buttons.Count > 0);
        Assert.True((await bot.Sandbox.AccountAsync("alice", "cloud")).IsEnabled);
        Assert.Single(await bot.Person("sam").RequestsAsync());
    }

    [Fact]
    public async Task An_account_that_became_privileged_is_not_blocked_by_chat_and_security_hears_it()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.IsVouchedFor();
        await bot.Person("omar").Approves();
        await bot.Sandbox.BecomesPrivilegedAsync("alice");
        bot.Time.Advance(TimeSpan.FromMinutes(1));

        await alice.Presses((await NoticeAsync(bot, "alice")).Card!.ApprovalId!, Verdict.NotMe);

        Assert.Equal(0, await bot.Sandbox.TimesAsync("block", "alice"));
        Assert.Contains("could NOT be blocked by me", (await bot.Person("sam").LastReplyAsync()).Text);
        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
        Assert.Equal(1, await alice.TimesSeen("I couldn't block the account myself."));
    }

    [Fact]
    public async Task Where_a_system_cannot_block_security_is_told_all_the_same()
    {
        await using var bot = await BotHost.StartAsync(Abilities.Without("cloud", AccountAbilities.Block | AccountAbilities.RevokeSessions));
        await ResetAsync(bot);
        Assert.Equal(0, await bot.Sandbox.TimesAsync("revoke-sessions", "alice", "cloud"));

        await bot.Person("alice").Presses((await NoticeAsync(bot, "alice")).Card!.ApprovalId!, Verdict.NotMe);

        Assert.Contains("The system does not let me block the account", (await bot.Person("sam").LastReplyAsync()).Text);
        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
    }

    [Fact]
    public async Task A_plan_for_a_report_that_was_tampered_with_does_not_run()
    {
        await using var bot = await BotHost.StartAsync();
        await ResetAsync(bot);
        var report = Assert.Single(await bot.ReportsAsync());
        await bot.TamperAsync($"UPDATE requests SET body = replace(body, 'account.block', 'account.unlock') WHERE id = '{report.RequestId}'");

        await bot.Person("alice").Presses(report.Id, Verdict.NotMe);

        Assert.True((await bot.Sandbox.AccountAsync("alice", "cloud")).IsEnabled);
        Assert.Equal(0, await bot.Sandbox.TimesAsync("unlock", "alice", "cloud"));
    }

    [Fact]
    public async Task When_the_sessions_cannot_be_ended_the_password_still_reaches_its_owner_once()
    {
        await using var bot = await BotHost.StartAsync(Abilities.RefusingToRevoke("cloud"));
        await ResetAsync(bot);

        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
        Assert.Single(await bot.Person("alice").RepliesAsync(), r => r.Link is not null);
        Assert.False((await bot.Person("alice").OpensLink()).Failed);
        Assert.NotNull((await NoticeAsync(bot, "alice")).Card);
        Assert.Single(await bot.ReportsAsync());
    }

    [Fact]
    public async Task Somebodys_own_unlock_is_no_news_to_them()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.Person("alice").Says("unlock my account");
        await bot.Person("alice").Taps("alice in Directory");
        await bot.Person("omar").Approves();

        Assert.Empty(await bot.ReportsAsync());
    }

    [Fact]
    public async Task Who_speaks_German_is_told_in_German()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.Person("alice").Says("Passwort zurücksetzen");
        await bot.Person("alice").Taps("alice in Cloud");
        await bot.Person("alice").Taps("Mona");
        await bot.Person("mona").Approves();
        await bot.Person("omar").Approves();

        var notice = await NoticeAsync(bot, "alice");
        Assert.Contains("wurde am 23. November, 09:00 UTC ausgeführt. Alice Arden hat darum gebeten", notice.Text);
        Assert.Equal("Das war ich nicht", Assert.Single(notice.Card!.Buttons).Label);
    }

    private static async Task<ServiceRequest> ResetAsync(BotHost bot)
    {
        var alice = bot.Person("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Cloud");
        await alice.IsVouchedFor();
        await bot.Person("omar").Approves();
        var reset = await bot.LastRequestAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(1));
        return reset;
    }

    private static async Task<Reply> NoticeAsync(BotHost bot, string name) =>
        Assert.Single(await bot.Person(name).RepliesAsync(), r => r.Card?.Buttons.Any(b => b.Action == CardAction.NotMe) == true);
}
