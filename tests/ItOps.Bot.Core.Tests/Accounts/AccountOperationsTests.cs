using ItOps.Bot.Accounts;
using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Core.Tests.Accounts;

public sealed class AccountOperationsTests : AccountOperationsTestBase
{
    [Fact]
    public async Task Unlocking_shows_the_lock_exactly_to_approvers_and_plainly_to_its_owner()
    {
        var preview = await PreviewAsync("account.unlock");

        Assert.Equal([new CardChange("Lock", "locked since 2026-11-22 09:48 UTC, 5 bad attempts", "unlocked, 0 bad attempts")], preview.Changes);
        Assert.Equal("Your account alice in Directory has been locked since 22 November, 09:48 UTC, after 5 wrong passwords.", preview.PlainState);
        Assert.Equal(("account", "directory/A1", "alice", AliceId), (preview.Target.Kind, preview.Target.Id, preview.Target.Display, preview.Target.Owner));
        Assert.Equal(["enabled=true", "locked=true", "privileged=false"], preview.Preconditions.Select(p => $"{p.Key}={p.Value}").Order());
        Assert.Empty(Directory.Calls);
    }

    [Fact]
    public async Task Unlocking_what_is_not_locked_changes_nothing()
    {
        Directory.Change(Alice, a => a with { LockedSince = null, BadAttempts = 2 });

        var preview = await PreviewAsync("account.unlock");

        Assert.Empty(preview.Changes);
        Assert.Equal("Your account alice in Directory is not locked.", preview.PlainState);
        Assert.Equal("false", preview.Preconditions["locked"]);
    }

    [Fact]
    public async Task Unlocking_is_verified_by_reading_again()
    {
        var step = Step();
        Assert.False((await VerifyAsync("account.unlock", step)).Passed);

        await ExecuteAsync("account.unlock", step);

        Assert.Equal(new Verification(true, "Read again: not locked."), await VerifyAsync("account.unlock", step));
        Directory.Change(Alice, a => a with { LockedSince = Clock.GetUtcNow(), BadAttempts = 5 });
        Assert.False((await VerifyAsync("account.unlock", step)).Passed);
    }

    [Fact]
    public async Task A_reset_uses_the_journaled_password_and_hands_it_to_the_owner_alone()
    {
        var operation = Operations.Find("account.reset-password")!;
        var secret = operation.PrepareSecret()!;
        var step = Step(secret);

        var output = await ExecuteAsync("account.reset-password", step);

        Assert.Same(secret, Directory.LastPassword);
        Assert.Same(secret, output.ForOwner);
        Assert.DoesNotContain(output.Lines, line => line.Contains(secret.Reveal(), StringComparison.Ordinal));
        Assert.DoesNotContain(secret.Reveal(), $"{output} {step}", StringComparison.Ordinal);
        Assert.True((await VerifyAsync("account.reset-password", step)).Passed);
        Assert.NotEqual(secret.Reveal(), operation.PrepareSecret()!.Reveal());
    }

    [Fact]
    public async Task A_reset_shows_that_it_also_unlocks()
    {
        var preview = await PreviewAsync("account.reset-password");

        Assert.Equal(["Password", "Next sign-in", "Lock"], preview.Changes.Select(c => c.Label));
        Assert.Equal("set 2026-10-13 10:00 UTC", preview.Changes[0].Before);
        Directory.Change(Alice, a => a with { LockedSince = null });
        Assert.Equal(["Password", "Next sign-in"], (await PreviewAsync("account.reset-password")).Changes.Select(c => c.Label));
    }

    [Fact]
    public async Task A_reset_without_a_journaled_password_does_nothing()
    {
        var output = await Operations.Find("account.reset-password")!.ExecuteAsync(Step(), Token);

        Assert.Equal(ProblemCode.InvalidArguments, output.Problem?.Code);
        Assert.Empty(Directory.Calls);
    }

    [Fact]
    public async Task A_reset_counts_only_when_it_is_as_new_as_the_step_and_must_be_changed()
    {
        var step = Step(new Secret<string>("Kx7m-W?4t-Hn9q-3cRv"));
        var exact = Clock.GetUtcNow();
        Directory.Change(Alice, a => a with { LockedSince = null, PasswordLastSet = exact, MustChangePassword = true });
        Assert.True((await VerifyAsync("account.reset-password", step)).Passed);

        Directory.Change(Alice, a => a with { PasswordLastSet = exact.AddTicks(-1) });
        Assert.False((await VerifyAsync("account.reset-password", step)).Passed);
        Directory.Change(Alice, a => a with { PasswordLastSet = null });
        Assert.False((await VerifyAsync("account.reset-password", step)).Passed);
        Directory.Change(Alice, a => a with { PasswordLastSet = exact, MustChangePassword = false });
        Assert.False((await VerifyAsync("account.reset-password", step)).Passed);
        Directory.Change(Alice, a => a with { MustChangePassword = true, LockedSince = exact });
        Assert.False((await VerifyAsync("account.reset-password", step)).Passed);
    }

    [Fact]
    public async Task Signing_out_counts_only_when_it_is_as_new_as_the_step()
    {
        Directory.Change(Alice, a => a with { SessionsRevokedAt = Clock.GetUtcNow().AddMinutes(-1) });
        var step = Step();
        Assert.False((await VerifyAsync("account.revoke-sessions", step)).Passed);

        await ExecuteAsync("account.revoke-sessions", step);

        Assert.True((await VerifyAsync("account.revoke-sessions", step)).Passed);
    }

    [Fact]
    public async Task Signing_out_is_proved_only_by_what_cannot_have_been_before_the_step()
    {
        var step = Step();
        Directory.Change(Alice, a => a with { SessionsRevokedAt = step.StartedAt.AddSeconds(1), SessionsRevokedNotBefore = step.StartedAt.AddSeconds(-1) });
        var vague = await VerifyAsync("account.revoke-sessions", step);
        Directory.Change(Alice, a => a with { SessionsRevokedNotBefore = step.StartedAt });
        var exact = await VerifyAsync("account.revoke-sessions", step);

        Assert.Equal((true, false), (vague.Passed, vague.IsProof));
        Assert.Equal((true, true), (exact.Passed, exact.IsProof));
    }

    [Theory]
    [InlineData(null, "open ones not counted by the system")]
    [InlineData(0, null)]
    [InlineData(3, "3 open")]
    public async Task Signing_out_has_nothing_to_do_only_when_the_system_counts_no_sessions(int? sessions, string? before)
    {
        Directory.Change(Alice, a => a with { ActiveSessions = sessions });
        Assert.Equal(before, (await PreviewAsync("account.revoke-sessions")).Changes.SingleOrDefault()?.Before);
    }

    [Fact]
    public async Task Joining_a_group_names_the_resource_and_its_owners()
    {
        var preview = await PreviewAsync("group.add-member");

        Assert.Equal("alice to Finance (write)", preview.Target.Display);
        Assert.Equal(AliceId, preview.Target.Owner);
        Assert.Equal([MonaId], preview.ResourceOwners);
        Assert.Equal([new CardChange("Group finance-write", "not a direct member", "direct member")], preview.Changes);
        Assert.Equal("false", preview.Preconditions["member"]);
    }

    [Fact]
    public async Task Joining_and_leaving_take_each_other_back()
    {
        var step = Step();
        await ExecuteAsync("group.add-member", step);
        Assert.True((await VerifyAsync("group.add-member", step)).Passed);
        Assert.Empty((await PreviewAsync("group.add-member")).Changes);
        Assert.False((await VerifyAsync("group.remove-member", step)).Passed);

        await ExecuteAsync("group.remove-member", step);

        Assert.True((await VerifyAsync("group.remove-member", step)).Passed);
        Assert.Empty((await PreviewAsync("group.remove-member")).Changes);
    }

    /// <summary>What one account or group does not allow is refused before anybody is asked, and again at the call.</summary>
    [Fact]
    public async Task What_an_account_withholds_and_a_group_is_closed_to_is_refused()
    {
        Directory.Change(Alice, a => a with { Withheld = AccountAbilities.ResetPassword, WithheldBecause = "another system holds the password" });
        Directory.Put((await Directory.ReadGroupAsync(Finance, Token))! with { ClosedBecause = "a rule decides who is in it" });

        foreach (var (operation, why) in new[] { ("account.reset-password", "another system holds the password"), ("group.add-member", "a rule decides who is in it"), ("group.remove-member", "a rule decides who is in it") })
        {
            var refused = await Operations.Find(operation)!.PreviewAsync(Arguments(), Token);
            Assert.Equal(ProblemCode.PolicyRefused, refused.Problem!.Code);
            Assert.Contains(why, refused.Problem.Detail, StringComparison.Ordinal);
        }

        await PreviewAsync("account.unlock");
        Assert.Empty(Directory.Calls);
    }

    [Fact]
    public async Task Access_through_another_group_is_said()
    {
        Directory.PutNestedMember(Finance, Alice);
        Assert.Contains("already, through another group", (await PreviewAsync("group.add-member")).PlainState, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task What_the_directory_refuses_is_passed_on_as_it_is(string operation)
    {
        var problem = new Problem(ProblemCode.PolicyRefused, "0000052D");
        Directory.Refuses = problem;
        var step = Step(Operations.Find(operation)!.PrepareSecret());

        Assert.Equal(problem, (await Operations.Find(operation)!.ExecuteAsync(step, Token)).Problem);
    }

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task An_account_that_is_gone_fails_its_check(string operation)
    {
        var step = Step(arguments: Arguments(new AccountId("directory", "gone")));
        Assert.Equal(operation == "group.remove-member", (await VerifyAsync(operation, step)).Passed);
    }
}
