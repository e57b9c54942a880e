using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.LocalAccounts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Linux;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.LocalAccounts;

/// <summary>
/// On a real account of this machine, as a host user who may do what infra/linux/itops-bot.sudoers allows and nothing else. PAM judges the sign-ins and counts failures.
/// </summary>
public sealed class LocalDirectoryTests : IDisposable
{
    private const string OldPassword = "An-old-password-1";
    private static readonly Secret<string> s_newPassword = new("Kx7m-W?4t-Hn9q-3cRv");

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly DisposableUser _user;
    private readonly string _group;
    private readonly LocalDirectory _directory;

    public LocalDirectoryTests()
    {
        Assert.SkipWhen(DisposableUser.Missing is not null, DisposableUser.Missing ?? "");
        _user = DisposableUser.Create(OldPassword);
        _group = _user.AddGroup();
        _user.UseSudo(File.ReadAllText(Repository.File("infra/linux/itops-bot.sudoers")), _group);
        _directory = Directory(new() { Sudo = _user.RecordingSudo, Groups = [new(_group) { Description = "Finance" }] });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AccountId Id => new("local", _user.ObjectId);

    public void Dispose() => _user?.Dispose();

    [Fact]
    public async Task A_reset_password_lets_the_user_in_and_must_be_changed()
    {
        AssertDone(await _directory.ResetPasswordAsync(Id, s_newPassword, mustChange: true, Token));

        Assert.Null(_user.SignIn(s_newPassword.Reveal()));
        Assert.NotNull(_user.SignIn(OldPassword));
        Assert.Contains("new one required", _user.Admission(), StringComparison.Ordinal);
        var check = await _directory.CheckPasswordAsync(Id, s_newPassword, _time.GetUtcNow(), Token);
        Assert.Equal((PasswordState.InForce, true), (check.State, check.MustChange));
        Assert.Equal(PasswordState.NotInForce, (await _directory.CheckPasswordAsync(Id, new(OldPassword), _time.GetUtcNow(), Token)).State);
        Assert.True((await ReadAsync()).MustChangePassword);
    }

    [Fact]
    public async Task The_password_is_in_no_argument_and_in_no_environment()
    {
        AssertDone(await _directory.ResetPasswordAsync(Id, s_newPassword, mustChange: true, Token));

        Assert.Contains("-n -- /usr/sbin/chpasswd\n", _user.Recorded, StringComparison.Ordinal);
        Assert.Contains($"-n -- /usr/bin/chage -d 0 -- {_user.Name}\n", _user.Recorded, StringComparison.Ordinal);
        Assert.DoesNotContain(s_newPassword.Reveal(), _user.Recorded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_is_replayed_to_the_same_password()
    {
        AssertDone(await _directory.ResetPasswordAsync(Id, s_newPassword, mustChange: true, Token));
        AssertDone(await _directory.ResetPasswordAsync(Id, s_newPassword, mustChange: true, Token));
        Assert.Null(_user.SignIn(s_newPassword.Reveal()));
        Assert.Equal("0", _user.Shadow()[2]);
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_and_the_unlock_lets_it_in_again()
    {
        for (var i = 0; i < 3; i++)
            Assert.NotNull(_user.SignIn("wrong"));
        Assert.NotNull(_user.SignIn(OldPassword));
        _time.Advance(TimeProvider.System.GetUtcNow() - _time.GetUtcNow());
        var locked = await ReadAsync();
        Assert.Equal((true, 3), (locked.IsLocked, locked.BadAttempts));
        Assert.InRange((_time.GetUtcNow() - locked.LockedSince!.Value).TotalMinutes, -1, 5);

        AssertDone(await _directory.UnlockAsync(Id, Token));

        Assert.False((await ReadAsync()).IsLocked);
        Assert.Null(_user.SignIn(OldPassword));
        AssertDone(await _directory.UnlockAsync(Id, Token));
    }

    [Fact]
    public async Task A_reset_lifts_the_lock_too()
    {
        for (var i = 0; i < 3; i++)
            _user.SignIn("wrong");
        AssertDone(await _directory.ResetPasswordAsync(Id, s_newPassword, mustChange: true, Token));
        Assert.False((await ReadAsync()).IsLocked);
        Assert.Null(_user.SignIn(s_newPassword.Reveal()));
    }

    [Fact]
    public async Task Nobody_signs_in_to_a_blocked_account_by_password_or_key()
    {
        AssertDone(await _directory.BlockAsync(Id, Token));
        AssertDone(await _directory.BlockAsync(Id, Token));

        Assert.NotNull(_user.SignIn(OldPassword));
        Assert.Contains("expired", _user.Admission(), StringComparison.Ordinal);
        Assert.False((await ReadAsync()).IsEnabled);
        Assert.Single(_user.Recorded.Split('\n'), line => line.Contains("usermod", StringComparison.Ordinal));
        Assert.Equal(PasswordState.NotInForce, (await _directory.CheckPasswordAsync(Id, new(OldPassword), _time.GetUtcNow(), Token)).State);
    }

    [Fact]
    public async Task A_group_is_joined_and_left_once()
    {
        var group = Assert.Single(await _directory.GroupsAsync(Token));
        Assert.Equal((_group, "Finance", false), (group.Name, group.Description, group.IsPrivileged));

        AssertDone(await _directory.AddMemberAsync(group.Id, Id, Token));
        AssertDone(await _directory.AddMemberAsync(group.Id, Id, Token));
        Assert.True(await _directory.IsMemberAsync(group.Id, Id, direct: true, Token));
        Assert.Contains(_group, DisposableUser.Number("-nG", _user.Name), StringComparison.Ordinal);
        AssertDone(await _directory.RemoveMemberAsync(group.Id, Id, Token));
        AssertDone(await _directory.RemoveMemberAsync(group.Id, Id, Token));
        Assert.False(await _directory.IsMemberAsync(group.Id, Id, direct: true, Token));
        Assert.Equal(2, _user.Recorded.Split('\n').Count(line => line.Contains("gpasswd", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_group_that_sudo_does_not_name_is_not_joined()
    {
        var other = new GroupId("local", DisposableUser.GroupIdOf(_user.AddGroup()));
        var refused = await _directory.AddMemberAsync(other, Id, Token);
        Assert.Equal(ProblemCode.SystemUnavailable, refused.Problem?.Code);
        Assert.Contains("sudo:", refused.Problem?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_primary_group_gives_access_but_is_no_membership_to_end()
    {
        var primary = new GroupId("local", DisposableUser.GroupIdOf(_user.Name));
        Assert.True(await _directory.IsMemberAsync(primary, Id, direct: false, Token));
        Assert.False(await _directory.IsMemberAsync(primary, Id, direct: true, Token));
    }

    [Fact]
    public async Task A_snapshot_tells_whose_it_is_and_how_old_the_password_is()
    {
        DisposableUser.Run("/usr/bin/chage", ["-d", "2026-01-10", "-M", "90", "--", _user.Name]);
        var account = await ReadAsync();
        Assert.Equal((_user.Name, "this server", AccountKind.Person, true, false), (account.Name, account.SystemName, account.Kind, account.IsEnabled, account.IsPrivileged));
        Assert.Equal((Day(2026, 1, 10), Day(2026, 4, 10)), (account.PasswordLastSet, account.PasswordExpiresAt));
        Assert.Equal(new PersonId("P1"), account.Owner);
        Assert.Equal(account.Id, Assert.Single(await _directory.AccountsOfAsync(new("P1"), Token)).Id);
        Assert.Equal(account.Id, Assert.Single(await _directory.FindByNameAsync(_user.Name.ToUpperInvariant(), Token)).Id);
    }

    [Theory]
    [InlineData("sudo")]
    [InlineData("operators")]
    public async Task Who_is_in_a_powerful_group_is_privileged_and_so_is_the_group(string kind)
    {
        var directory = Directory(new() { Sudo = _user.RecordingSudo, PrivilegedGroups = [.. new LocalAccountsOptions().PrivilegedGroups, _group] });
        var name = kind == "operators" ? _group : kind;
        DisposableUser.Run("/usr/bin/gpasswd", ["--add", _user.Name, "--", name]);

        Assert.True((await directory.ReadAsync(Id, Token))!.IsPrivileged);
        Assert.True((await directory.ReadGroupAsync(new("local", DisposableUser.GroupIdOf(name)), Token))!.IsPrivileged);
    }

    [Fact]
    public async Task A_powerful_primary_group_counts_as_well()
    {
        DisposableUser.Run("/usr/sbin/usermod", ["--gid", "adm", _user.Name]);
        Assert.True((await ReadAsync()).IsPrivileged);
        Assert.True((await ReadAsync("0:root")).IsPrivileged);
    }

    [Fact]
    public async Task The_systems_own_accounts_and_those_without_a_shell_are_nobodys()
    {
        Assert.Equal((AccountKind.Service, null), ((await ReadAsync("1:daemon")).Kind, (await ReadAsync("1:daemon")).Owner));
        Assert.Equal(AccountKind.Service, (await ReadAsync("65534:nobody")).Kind);
        DisposableUser.Run("/usr/sbin/usermod", ["--shell", "/usr/sbin/nologin", _user.Name]);
        Assert.Equal((AccountKind.Service, null), ((await ReadAsync()).Kind, (await ReadAsync()).Owner));
        Assert.Equal(AccountKind.BreakGlass, (await Directory(new() { Sudo = _user.RecordingSudo, BreakGlass = [_user.Name] }).ReadAsync(Id, Token))!.Kind);
    }

    [Fact]
    public async Task Who_has_the_name_or_the_number_only_is_somebody_else()
    {
        Assert.Null(await _directory.ReadAsync(new("local", $"1:{_user.Name}"), Token));
        Assert.Null(await _directory.ReadAsync(new("local", Id.ObjectId.Split(':')[0] + ":daemon"), Token));
        Assert.Equal(ProblemCode.NoSuchAccount, (await _directory.ResetPasswordAsync(new("local", $"1:{_user.Name}"), s_newPassword, true, Token)).Problem?.Code);
        Assert.Null(_user.SignIn(OldPassword));
    }

    [Fact]
    public async Task A_password_that_somebody_put_out_of_use_is_not_put_back_by_the_bot()
    {
        DisposableUser.Run("/usr/sbin/usermod", ["--lock", _user.Name]);
        Assert.False((await ReadAsync()).IsEnabled);
        AssertDone(await _directory.BlockAsync(Id, Token));
        Assert.Equal("1", _user.Shadow()[7]);
    }

    [Fact]
    public async Task What_sudo_does_not_allow_was_certainly_not_done()
    {
        var nobody = Directory(new() { Sudo = "/bin/false" });
        Assert.Equal(ProblemCode.PolicyRefused, (await nobody.ResetPasswordAsync(Id, s_newPassword, true, Token)).Problem?.Code);
        var missing = Directory(new() { Sudo = "/usr/bin/no-such-sudo" });
        Assert.Equal(ProblemCode.SystemUnavailable, (await missing.BlockAsync(Id, Token)).Problem?.Code);
        Assert.Null(_user.SignIn(OldPassword));
    }

    /// <summary>The password is set and the process dies before the rest: the next attempt ends it, with the same password.</summary>
    [Fact]
    public async Task What_fails_between_the_two_halves_of_a_reset_is_an_exception_and_a_replay_ends_it()
    {
        var half = Path.Combine(Path.GetDirectoryName(_user.RecordingSudo)!, "half");
        DisposableUser.WriteProgram(half, $"#!/bin/bash\ncase \"$*\" in *chage*) echo 'sudo: no' >&2; exit 1;; esac\nexec {_user.RecordingSudo} \"$@\"\n");
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => Directory(new() { Sudo = half }).ResetPasswordAsync(Id, s_newPassword, true, Token));
        Assert.DoesNotContain(s_newPassword.Reveal(), thrown.ToString(), StringComparison.Ordinal);
        Assert.Null(_user.SignIn(s_newPassword.Reveal()));
        Assert.False((await _directory.CheckPasswordAsync(Id, s_newPassword, _time.GetUtcNow(), Token)).MustChange);

        AssertDone(await _directory.ResetPasswordAsync(Id, s_newPassword, true, Token));
        Assert.True((await _directory.CheckPasswordAsync(Id, s_newPassword, _time.GetUtcNow(), Token)).MustChange);
    }

    [Fact]
    public async Task A_password_of_two_lines_is_not_sent()
    {
        var refused = await _directory.ResetPasswordAsync(Id, new($"x\nroot:y"), true, Token);
        Assert.Equal(ProblemCode.InvalidArguments, refused.Problem?.Code);
        Assert.Empty(_user.Recorded);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-D")]
    [InlineData("$(id)")]
    [InlineData("`id`")]
    [InlineData("a;id")]
    [InlineData("a b")]
    [InlineData("root\n")]
    [InlineData("root\0")]
    [InlineData("root:x")]
    [InlineData("ro*t")]
    [InlineData("rооt")]
    [InlineData("../root")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("100,000")]
    public async Task A_name_that_cannot_be_one_is_found_nowhere_and_no_program_is_started(string name)
    {
        if (name == "100,000")
            name = new string('a', 100_000);
        Assert.Empty(await _directory.FindByNameAsync(name, Token));
        Assert.Null(await _directory.ReadAsync(new("local", $"0:{name}"), Token));
        Assert.Null(await _directory.ReadAsync(new("local", $"{name}9:root"), Token));
        Assert.Null(await _directory.ReadGroupAsync(new("local", $"0:{name}"), Token));
        Assert.Equal(ProblemCode.NoSuchAccount, (await _directory.ResetPasswordAsync(new("local", $"0:{name}"), s_newPassword, true, Token)).Problem?.Code);
        Assert.Empty(_user.Recorded);
    }

    [Fact]
    public void The_shipped_sudoers_file_allows_these_commands_and_no_near_relatives()
    {
        var name = _user.Name;
        Assert.True(_user.MayStart("/usr/sbin/chpasswd"));
        Assert.True(_user.MayStart("/usr/bin/chage", "-d", "0", "--", name));
        Assert.True(_user.MayStart("/usr/sbin/usermod", "--lock", "--expiredate", "1", "--", name));
        Assert.True(_user.MayStart("/usr/bin/gpasswd", "--add", name, "--", _group));

        string[][] refused =
        [
            ["/bin/bash"], ["/usr/sbin/chpasswd", "--root", "/tmp"], ["/usr/sbin/chpasswd", "-e"], ["/usr/bin/chage", "-d", "0", "--", $"{name} root"],
            ["/usr/bin/chage", "-E", "-1", "--", name], ["/usr/sbin/usermod", "--append", "--groups", "sudo", "--", name], ["/usr/sbin/usermod", "--unlock", "--", name],
            ["/usr/sbin/usermod", "--lock", "--expiredate", "1", "--", "--uid", "0", name], ["/usr/bin/gpasswd", "--add", name, "--", "sudo"], ["/usr/bin/gpasswd", "--add", name, "--", _group + "x"],
            ["/usr/bin/getent", "-s", "files", "shadow"], ["/usr/bin/getent", "shadow"], ["/usr/sbin/faillock", "--dir", "/tmp", "--user", name],
        ];
        Assert.All(refused, command => Assert.False(_user.MayStart(command), string.Join(' ', command)));
    }

    [Fact]
    public async Task Doctor_says_that_the_rights_are_there_or_which_are_missing()
    {
        var (well, ill) = (new LocalAccountsOptions { Sudo = _user.RecordingSudo }, new LocalAccountsOptions { Sudo = "/bin/false" });
        Assert.All(await new LocalAccountsSelfCheck(Reader(well), well).ExamineAsync(Token), c => Assert.Null(c.Problem));
        Assert.Contains(await new LocalAccountsSelfCheck(Reader(ill), ill).ExamineAsync(Token), c => c.What == "rights" && c.Problem!.Contains("sudoers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_cannot_be_revoked_and_are_not_offered()
    {
        Assert.Equal(AccountAbilities.All & ~AccountAbilities.RevokeSessions, _directory.Abilities);
        Assert.Equal(ProblemCode.NotOffered, (await _directory.RevokeSessionsAsync(Id, Token)).Problem?.Code);
    }

    private LocalDirectory Directory(LocalAccountsOptions options) => new(Reader(options), Tools(options), Owners(), options);

    private LocalReader Reader(LocalAccountsOptions options) => new(Tools(options), options, Owners(), _time);

    private LinuxTools Tools(LocalAccountsOptions options) => new(new ProcessRunner(_time), options);

    private AccountOwners Owners() => new([new ListedLinks(("P1", "local", _user.Name), ("P9", "local", "daemon"), ("P9", "local", "root"))]);

    private async Task<AccountSnapshot> ReadAsync(string? objectId = null) =>
        Assert.IsType<AccountSnapshot>(await _directory.ReadAsync(objectId is null ? Id : new("local", objectId), Token));

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    private static void AssertDone(Result<Done> result) => Assert.False(result.Failed, result.Problem?.ToString());
}
