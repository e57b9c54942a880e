using ItOps.Bot.Accounts;
using ItOps.Bot.Testing.Aws;

namespace ItOps.Bot.Executors.Tests.AwsIam;

/// <summary>Reset, unlock, block, join and leave: each is one change, and what goes wrong is told for what it is.</summary>
public sealed class AwsChangesTests : AwsTestBase
{
    [Fact]
    public async Task A_reset_sets_the_password_once_and_it_must_be_changed()
    {
        AssertDone(await Directory.ResetPasswordAsync(IdOf("alice"), NewPassword, true, Token));

        Assert.Equal((NewPassword.Reveal(), true), (Aws.User("alice").Password, Aws.User("alice").ResetRequired));
        Assert.Equal([new AwsEffect("UpdateLoginProfile", "alice", "")], Aws.Effects);
        var check = await Directory.CheckPasswordAsync(IdOf("alice"), NewPassword, Time.GetUtcNow(), Token);
        Assert.Equal((PasswordState.Untold, true), (check.State, check.MustChange));
    }

    [Fact]
    public async Task A_reset_makes_the_console_password_that_was_missing_and_that_is_proof()
    {
        var bob = Aws.AddUser("bob");
        Assert.Equal(["no console password; a reset gives it one"], (await ReadAsync("bob")).Remarks);
        var since = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromSeconds(2));

        AssertDone(await Directory.ResetPasswordAsync(new("aws-iam", bob.ObjectId), NewPassword, true, Token));

        var check = await Directory.CheckPasswordAsync(IdOf("bob"), NewPassword, since, Token);
        Assert.Equal((PasswordState.InForce, true), (check.State, check.MustChange));
        Assert.Equal(PasswordState.Untold, (await Directory.CheckPasswordAsync(IdOf("bob"), NewPassword, Time.GetUtcNow(), Token)).State);
    }

    [Fact]
    public async Task Without_a_console_password_none_is_in_force()
    {
        Aws.AddUser("bob");
        Assert.Equal(PasswordState.NotInForce, (await Directory.CheckPasswordAsync(IdOf("bob"), NewPassword, Time.GetUtcNow(), Token)).State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Every_change_is_seen_before_it_is_called_done_however_far_reads_lag(int lag)
    {
        Aws.Lag = lag;
        Aws.AddUser("bob");
        Aws.AddGroup("team");
        Aws.Change("bob", u => u with { Keys = [AwsReadingTests.Key("1", active: false)] });
        var group = new GroupId("aws-iam", Aws.Group("team").ObjectId);

        AssertDone(await Directory.AddMemberAsync(group, IdOf("bob"), Token));
        Assert.True(await Directory.IsMemberAsync(group, IdOf("bob"), direct: true, Token));
        AssertDone(await Directory.RemoveMemberAsync(group, IdOf("bob"), Token));
        Assert.False(await Directory.IsMemberAsync(group, IdOf("bob"), direct: true, Token));
        AssertDone(await Directory.UnlockAsync(IdOf("bob"), Token));
        Assert.False((await ReadAsync("bob")).IsLocked);
        AssertDone(await Directory.ResetPasswordAsync(IdOf("bob"), NewPassword, true, Token));
        Assert.True((await ReadAsync("bob")).MustChangePassword);
        AssertDone(await Directory.BlockAsync(IdOf("bob"), Token));
        Assert.False((await ReadAsync("bob")).IsEnabled);
        Assert.Equal(["AddUserToGroup", "RemoveUserFromGroup", "UpdateAccessKey", "CreateLoginProfile", "AttachUserPolicy"], Aws.Effects.Select(e => e.Action));
    }

    [Fact]
    public async Task A_profile_that_IAM_does_not_know_of_yet_is_updated_after_all()
    {
        Aws.AddUser("bob");
        Aws.Next("CreateLoginProfile", AwsTrouble.DroppedAfter);
        await Assert.ThrowsAnyAsync<Exception>(() => Directory.ResetPasswordAsync(IdOf("bob"), NewPassword, true, Token));
        Aws.Next("UpdateLoginProfile", AwsTrouble.NotFound);

        AssertDone(await Directory.ResetPasswordAsync(IdOf("bob"), NewPassword, true, Token));
        Assert.Equal((NewPassword.Reveal(), true), (Aws.User("bob").Password, Aws.User("bob").ResetRequired));
        Assert.Equal("CreateLoginProfile", Assert.Single(Aws.Effects).Action);
    }

    [Fact]
    public async Task The_users_password_policy_refuses_in_its_own_words()
    {
        Aws.MinimumPasswordLength = 30;
        AssertProblem(ProblemCode.PolicyRefused, "PasswordPolicyViolation: Password should have a minimum length of 30", await Directory.ResetPasswordAsync(IdOf("alice"), NewPassword, true, Token));
        Assert.Empty(Aws.Effects);
    }

    [Theory]
    [InlineData(AwsTrouble.Throttled, "Throttling")]
    [InlineData(AwsTrouble.Unmodifiable, "EntityTemporarilyUnmodifiable")]
    public async Task What_passes_is_waited_for_and_what_does_not_pass_is_told(AwsTrouble trouble, string code)
    {
        Aws.Next("UpdateLoginProfile", trouble, trouble, trouble);
        var before = Time.GetUtcNow();
        AssertDone(await Directory.ResetPasswordAsync(IdOf("alice"), NewPassword, true, Token));
        Assert.Equal(TimeSpan.FromSeconds(15), Time.GetUtcNow() - before);

        Aws.Next("UpdateLoginProfile", [.. Enumerable.Repeat(trouble, 20)]);
        AssertProblem(ProblemCode.SystemUnavailable, code, await Directory.ResetPasswordAsync(IdOf("alice"), NewPassword, true, Token));
        Assert.Single(Aws.Effects);
    }

    /// <summary>Nothing, half or all of it happened, and the answer never came: an exception. Doing it again has one effect in all.</summary>
    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_change_without_an_answer_is_not_known_and_harmless_to_repeat(string operation, AwsTrouble trouble)
    {
        var (action, run) = Operation(operation);
        Aws.Next(action, trouble);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(run);
        Assert.IsNotType<OperationCanceledException>(thrown);
        Assert.DoesNotContain(NewPassword.Reveal(), thrown.ToString(), StringComparison.Ordinal);
        Assert.Equal(trouble is AwsTrouble.DroppedAfter or AwsTrouble.FailsAfter ? 1 : 0, Aws.Effects.Count);

        AssertDone(await run());
        AssertDone(await run());
        Assert.Single(Aws.Effects);
    }

    public static TheoryData<string, AwsTrouble> LostAnswers => new MatrixTheoryData<string, AwsTrouble>(
        ["reset", "first password", "unlock", "block", "join", "leave"], [AwsTrouble.DroppedBefore, AwsTrouble.DroppedAfter, AwsTrouble.FailsBefore, AwsTrouble.FailsAfter]);

    [Theory]
    [InlineData(AwsTrouble.DroppedBefore)]
    [InlineData(AwsTrouble.FailsBefore)]
    public async Task A_read_is_repeated_and_without_any_answer_nothing_was_changed_for_certain(AwsTrouble trouble)
    {
        Aws.Next("GetUser", trouble, trouble);
        AssertDone(await Directory.ResetPasswordAsync(IdOf("alice"), NewPassword, true, Token));
        Aws.Next("GetUser", trouble, trouble, trouble);
        AssertProblem(ProblemCode.SystemUnavailable, "Unreachable: GetUser got no answer", await Directory.BlockAsync(IdOf("alice"), Token));
        Assert.Single(Aws.Effects);
    }

    [Fact]
    public async Task An_AWS_that_is_not_there_was_certainly_not_asked()
    {
        Start(new() { ["Executors:AwsIam:IamUrl"] = "http://127.0.0.1:9/" });
        AssertProblem(ProblemCode.SystemUnavailable, "Unreachable", await Directory.ResetPasswordAsync(IdOf("alice"), NewPassword, true, Token));
    }

    [Fact]
    public async Task A_signature_by_the_wrong_secret_is_refused_and_named()
    {
        Start(new() { ["Executors:AwsIam:SecretAccessKey"] = "wrong" });
        AssertProblem(ProblemCode.SystemUnavailable, "NoCredentials", await Directory.ResetPasswordAsync(IdOf("alice"), NewPassword, true, Token));
    }

    [Fact]
    public async Task Without_a_way_in_a_user_is_locked_and_the_newest_key_works_again()
    {
        Aws.AddUser("bob");
        Aws.Change("bob", u => u with { Keys = [AwsReadingTests.Key("1", active: false, age: 0), AwsReadingTests.Key("2", active: false, age: 3)] });
        var bob = await ReadAsync("bob");
        Assert.True(bob.IsLocked);
        Assert.Contains("2 of 2 access keys inactive", bob.Remarks);

        AssertDone(await Directory.UnlockAsync(bob.Id, Token));

        Assert.Equal([false, true], Aws.User("bob").Keys.Select(k => k.Active));
        Assert.False((await ReadAsync("bob")).IsLocked);
        AssertDone(await Directory.UnlockAsync(bob.Id, Token));
        Assert.Single(Aws.Effects);
    }

    [Fact]
    public async Task Who_has_a_console_password_is_not_locked_out_by_an_old_key()
    {
        Aws.Change("alice", u => u with { Keys = [AwsReadingTests.Key("1", active: false)] });
        Assert.False((await ReadAsync("alice")).IsLocked);
        AssertDone(await Directory.UnlockAsync(IdOf("alice"), Token));
        Assert.Empty(Aws.Effects);
    }

    [Theory]
    [InlineData("attached", "AWSCompromisedKeyQuarantineV3")]
    [InlineData("attached", "AWSDenyAll")]
    [InlineData("inline", "SecurityHold-2026")]
    [InlineData("group", "SecurityHold-2026")]
    public async Task Whom_security_put_aside_the_bot_does_not_bring_back(string where, string policy)
    {
        Start(new() { ["Executors:AwsIam:QuarantinePolicies:0"] = "SecurityHold-*" });
        Aws.AddUser("bob");
        Aws.AddGroup("suspended");
        Aws.ChangeGroup("suspended", g => g with { Inline = g.Inline.Add(policy, """{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""") });
        Aws.Change("bob", u => u with
        {
            Keys = [AwsReadingTests.Key("1", active: false)],
            Attached = where == "attached" ? ["arn:aws:iam::aws:policy/" + policy] : [],
            Inline = where == "inline" ? u.Inline.Add(policy, """{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""") : u.Inline,
            Groups = where == "group" ? ["suspended"] : [],
        });

        AssertProblem(ProblemCode.PolicyRefused, $"the policy {policy} is attached", await Directory.UnlockAsync(IdOf("bob"), Token));
        Assert.Empty(Aws.Effects);
    }

    [Fact]
    public async Task Joining_a_group_that_is_not_put_up_for_it_is_refused_by_AWS_itself()
    {
        Aws.AddGroup("developers", "/");
        AssertProblem(ProblemCode.PolicyRefused, "AccessDenied", await Directory.AddMemberAsync(new("aws-iam", Aws.Group("developers").ObjectId), IdOf("alice"), Token));
    }

    [Fact]
    public async Task A_full_quota_is_told_in_exact_words()
    {
        Aws.AddGroup("team");
        for (var i = 0; i < 10; i++)
            Aws.AddGroup($"g{i}");
        Aws.Change("alice", u => u with { Groups = [.. Enumerable.Range(0, 10).Select(i => $"g{i}")] });
        AssertProblem(ProblemCode.PolicyRefused, "LimitExceeded: Cannot exceed quota for GroupsPerUser: 10", await Directory.AddMemberAsync(new("aws-iam", Aws.Group("team").ObjectId), IdOf("alice"), Token));
    }

    [Fact]
    public async Task A_group_of_another_account_is_not_joined()
    {
        Start(accounts: [FakeAws.Account, FakeAws.OtherAccount]);
        var elsewhere = Aws.AddGroup("team", account: FakeAws.OtherAccount);
        AssertProblem(ProblemCode.NoSuchGroup, "", await Directory.AddMemberAsync(new("aws-iam", elsewhere.ObjectId), IdOf("alice"), Token));
        Assert.False(await Directory.IsMemberAsync(new("aws-iam", elsewhere.ObjectId), IdOf("alice"), direct: true, Token));
    }

    [Theory]
    [InlineData("/admin/")]
    [InlineData("/service/")]
    [InlineData("/break-glass/")]
    public async Task Should_the_bot_ever_try_a_protected_user_AWS_refuses(string path)
    {
        Aws.AddUser("bob", path, password: "An-old-password-1");
        AssertProblem(ProblemCode.PolicyRefused, "AccessDenied", await Directory.ResetPasswordAsync(IdOf("bob"), NewPassword, true, Token));
        AssertProblem(ProblemCode.PolicyRefused, "AccessDenied", await Directory.BlockAsync(IdOf("bob"), Token));
        Assert.Empty(Aws.Effects);
    }

    [Fact]
    public async Task Sessions_cannot_be_revoked_and_are_not_offered()
    {
        Assert.False(Directory.Abilities.HasFlag(AccountAbilities.RevokeSessions));
        AssertProblem(ProblemCode.NotOffered, "", await Directory.RevokeSessionsAsync(IdOf("alice"), Token));
    }

    private (string Action, Func<Task<Result<Done>>> Run) Operation(string operation)
    {
        Aws.AddUser("bob");
        Aws.Change("bob", u => u with { Keys = [AwsReadingTests.Key("1", active: false)] });
        Aws.AddGroup("team");
        var (alice, bob, group) = (IdOf("alice"), IdOf("bob"), new GroupId("aws-iam", Aws.Group("team").ObjectId));
        if (operation == "leave")
            Aws.Change("alice", u => u with { Groups = ["team"] });
        return operation switch
        {
            "reset" => ("UpdateLoginProfile", () => Directory.ResetPasswordAsync(alice, NewPassword, true, Token)),
            "first password" => ("CreateLoginProfile", () => Directory.ResetPasswordAsync(bob, NewPassword, true, Token)),
            "unlock" => ("UpdateAccessKey", () => Directory.UnlockAsync(bob, Token)),
            "block" => ("AttachUserPolicy", () => Directory.BlockAsync(alice, Token)),
            "join" => ("AddUserToGroup", () => Directory.AddMemberAsync(group, alice, Token)),
            "leave" => ("RemoveUserFromGroup", () => Directory.RemoveMemberAsync(group, alice, Token)),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
    }
}
