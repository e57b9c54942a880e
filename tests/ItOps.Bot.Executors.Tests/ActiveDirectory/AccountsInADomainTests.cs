using ItOps.Bot.Accounts;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.ActiveDirectory;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>What the bot does to accounts, in a real domain, with a service account that has nothing but what the guide delegates to it.</summary>
public sealed class AccountsInADomainTests(SambaFixture samba) : SambaTest(samba)
{
    private const string NewPassword = "Kestrel-7-orbits-quietly";

    [Fact]
    public async Task An_account_is_read_as_it_is()
    {
        var alice = await ReadAsync("alice");

        Assert.Equal(("alice", AccountKind.Person, true, false, false), (alice.Name, alice.Kind, alice.IsEnabled, alice.IsLocked, alice.IsPrivileged));
        Assert.Equal(alice.Id.ObjectId, alice.Owner?.Value);
        Assert.NotNull(alice.PasswordLastSet);
        Assert.False(alice.MustChangePassword);
        Assert.NotNull(alice.PasswordExpiresAt);
        Assert.Contains("open Windows sessions and tickets go on until they end", alice.Remarks);
    }

    [Fact]
    public async Task What_wrong_passwords_locked_is_unlocked_once_and_signs_in_again()
    {
        await Domain.LockAsync("bob");
        Assert.Equal("775", await Domain.SignInAsync("bob", SambaDomain.PeoplePassword));
        var locked = await ReadAsync("bob");
        Assert.True(locked.IsLocked);
        Assert.NotNull(locked.LockedSince);
        Assert.Equal(SambaDomain.LockoutThreshold, locked.BadAttempts);
        var before = await Domain.VersionAsync("bob", "lockoutTime");

        Assert.False((await Directory.UnlockAsync(locked.Id, Now)).Failed);
        Assert.False((await Directory.UnlockAsync(locked.Id, Now)).Failed);

        Assert.Equal(before + 1, await Domain.VersionAsync("bob", "lockoutTime"));
        Assert.False((await ReadAsync("bob")).IsLocked);
        Assert.Equal("", await Domain.SignInAsync("bob", SambaDomain.PeoplePassword));
    }

    [Fact]
    public async Task A_lock_that_has_run_out_is_none_unless_the_domain_lets_locks_last()
    {
        const string Sam = $"dn: CN=sam,{SambaDomain.Staff}\nchangetype: modify\nreplace: lockoutTime\nlockoutTime: ";
        const string Duration = $"dn: {SambaDomain.Domain}\nchangetype: modify\nreplace: lockoutDuration\nlockoutDuration: ";
        await Domain.ChangeAsync($"{Sam}{TimeProvider.System.GetUtcNow().AddHours(-2).ToFileTime()}\n");
        Assert.Equal((false, null), ((await ReadAsync("sam")).IsLocked, (await ReadAsync("sam")).LockedSince));

        await Domain.ChangeAsync($"{Duration}{long.MinValue}\n");
        Assert.True((await ReadAsync("sam")).IsLocked);
        await Domain.ChangeAsync($"{Duration}{-TimeSpan.FromMinutes(30).Ticks}\n");
        await Domain.ChangeAsync($"{Sam}0\n");
    }

    [Fact]
    public async Task An_account_that_has_expired_says_so_and_its_person_is_nobody()
    {
        const string Dave = $"dn: CN=dave,{SambaDomain.Staff}\nchangetype: modify\nreplace: accountExpires\naccountExpires: ";
        await Domain.ChangeAsync($"{Dave}{new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero).ToFileTime()}\n");

        Assert.Contains("the account expired 2026-01-31", (await ReadAsync("dave")).Remarks);
        Assert.Null(await People.FindAsync(new(await Domain.GuidAsync("dave")), Now));
        await Domain.ChangeAsync($"{Dave}0\n");
        Assert.NotNull(await People.FindAsync(new(await Domain.GuidAsync("dave")), Now));
    }

    [Fact]
    public async Task A_reset_puts_the_new_password_in_force_lifts_the_lock_and_requires_a_change()
    {
        await Domain.LockAsync("carol");
        var id = await IdAsync("carol");
        var before = await Domain.VersionAsync("carol", "unicodePwd");

        var reset = await Directory.ResetPasswordAsync(id, new(NewPassword), mustChange: true, Now);

        Assert.Null(reset.Problem);
        Assert.Equal("773", await Domain.SignInAsync("carol", NewPassword));
        Assert.Equal("52e", await Domain.SignInAsync("carol", SambaDomain.PeoplePassword));
        var check = await Directory.CheckPasswordAsync(id, new(NewPassword), default, Now);
        Assert.Equal((PasswordState.InForce, true), (check.State, check.MustChange));
        Assert.Equal(PasswordState.NotInForce, (await Directory.CheckPasswordAsync(id, new("Something-else-1"), default, Now)).State);

        Assert.Null((await Directory.ResetPasswordAsync(id, new(NewPassword), mustChange: true, Now)).Problem);
        Assert.Equal(before + 1, await Domain.VersionAsync("carol", "unicodePwd"));

        await Domain.SetPasswordAsync("carol", "Her-own-choice-99");
        Assert.Equal("", await Domain.SignInAsync("carol", "Her-own-choice-99"));
        Assert.False((await Directory.CheckPasswordAsync(id, new(NewPassword), default, Now)).MustChange);
    }

    [Fact]
    public async Task A_password_that_the_policy_refuses_changes_nothing_and_says_so()
    {
        var reset = await Directory.ResetPasswordAsync(await IdAsync("grace"), new("short"), mustChange: true, Now);

        Assert.Equal(ProblemCode.PolicyRefused, reset.Problem?.Code);
        Assert.Contains("password policy", reset.Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains("0000052D", reset.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal("", await Domain.SignInAsync("grace", SambaDomain.PeoplePassword));
    }

    [Fact]
    public async Task Passwords_that_never_expire_are_not_reset()
    {
        var reset = await Directory.ResetPasswordAsync(await IdAsync("never"), new(NewPassword), mustChange: true, Now);

        Assert.Equal(ProblemCode.PolicyRefused, reset.Problem?.Code);
        Assert.Contains("DONT_EXPIRE_PASSWD", reset.Problem!.Detail, StringComparison.Ordinal);
        Assert.Equal("", await Domain.SignInAsync("never", SambaDomain.PeoplePassword));
        var never = await ReadAsync("never");
        Assert.Equal(AccountAbilities.ResetPassword, never.Withheld);
        Assert.Contains("never expires", never.WithheldBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_history_cannot_be_obeyed_nothing_is_reset()
    {
        using var strict = Samba.Connect(("PasswordHistory", "true"));
        var directory = strict.GetRequiredService<AccountDirectories>().Find("active-directory")!;

        var reset = await directory.ResetPasswordAsync(await IdAsync("zoe"), new(NewPassword), mustChange: true, Now);

        Assert.Equal(ProblemCode.PolicyRefused, reset.Problem?.Code);
        Assert.Contains("PasswordHistory", reset.Problem!.Detail, StringComparison.Ordinal);
        Assert.Equal("", await Domain.SignInAsync("zoe", SambaDomain.PeoplePassword));
    }

    [Fact]
    public async Task A_blocked_account_lets_nobody_in_and_is_blocked_once()
    {
        var id = await IdAsync("tina");

        Assert.Null((await Directory.BlockAsync(id, Now)).Problem);
        var once = await Domain.VersionAsync("tina", "userAccountControl");
        Assert.Null((await Directory.BlockAsync(id, Now)).Problem);

        Assert.Equal(once, await Domain.VersionAsync("tina", "userAccountControl"));
        Assert.False((await ReadAsync("tina")).IsEnabled);
        Assert.Equal("533", await Domain.SignInAsync("tina", SambaDomain.PeoplePassword));
    }

    [Fact]
    public async Task Outside_of_what_was_delegated_the_domain_refuses_and_nothing_happens()
    {
        var id = await IdAsync("root-dave");

        Assert.Equal(ProblemCode.PolicyRefused, (await Directory.ResetPasswordAsync(id, new(NewPassword), mustChange: true, Now)).Problem?.Code);
        var blocked = await Directory.BlockAsync(id, Now);

        Assert.True(blocked.Failed || (await Domain.SignInAsync("root-dave", SambaDomain.PeoplePassword)).Length == 0);
        Assert.Equal("", await Domain.SignInAsync("root-dave", SambaDomain.PeoplePassword));
    }

    [Theory]
    [InlineData("alice", AccountKind.Person, false)]
    [InlineData("dave", AccountKind.Person, true)]
    [InlineData("tina", AccountKind.Person, true)]
    [InlineData("primary", AccountKind.Person, true)]
    [InlineData("Administrator", AccountKind.Person, true)]
    [InlineData("krbtgt", AccountKind.Service, true)]
    [InlineData("Guest", AccountKind.Service, true)]
    [InlineData("crawler", AccountKind.Service, false)]
    [InlineData("robot", AccountKind.Service, false)]
    [InlineData("firecall", AccountKind.BreakGlass, false)]
    [InlineData("DC1$", AccountKind.Service, true)]
    public async Task Who_has_power_or_is_no_person_is_known(string account, AccountKind kind, bool isPrivileged)
    {
        var read = await ReadAsync(account);

        Assert.Equal((kind, isPrivileged), (read.Kind, read.IsPrivileged));
    }

    [Fact]
    public async Task An_account_is_found_by_both_its_names_and_by_nothing_that_only_looks_like_them()
    {
        Assert.Equal("alice", Assert.Single(await Directory.FindByNameAsync("ALICE", Now)).Name);
        Assert.Equal("alice", Assert.Single(await Directory.FindByNameAsync("alice@lab.example", Now)).Name);
        Assert.Equal("zoe", Assert.Single(await Directory.FindByNameAsync("zoe", Now)).Name);
        foreach (var name in HostileNames.All.Append("zoë").Append("alic").Append("CN=alice," + SambaDomain.Staff))
            Assert.Empty(await Directory.FindByNameAsync(name, Now));
    }

    [Theory]
    [InlineData("not-a-guid")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("*")]
    [InlineData("CN=alice,OU=Staff,DC=lab,DC=example")]
    [InlineData("{0}>;<SID=S-1-5-32-544")]
    public async Task An_id_that_is_none_finds_and_changes_nothing(string id)
    {
        var account = new AccountId("active-directory", id);

        Assert.Null(await Directory.ReadAsync(account, Now));
        Assert.Equal(ProblemCode.NoSuchAccount, (await Directory.UnlockAsync(account, Now)).Problem?.Code);
        Assert.Equal(ProblemCode.NoSuchAccount, (await Directory.ResetPasswordAsync(account, new(NewPassword), true, Now)).Problem?.Code);
        Assert.Equal(ProblemCode.NoSuchAccount, (await Directory.BlockAsync(account, Now)).Problem?.Code);
    }

    [Fact]
    public async Task Nothing_outside_of_the_base_is_found()
    {
        using var narrow = Samba.Connect(("BaseDn", SambaDomain.Staff));
        var directory = narrow.GetRequiredService<AccountDirectories>().Find("active-directory")!;

        Assert.NotNull(await directory.ReadAsync(await IdAsync("alice"), Now));
        Assert.Null(await directory.ReadAsync(await IdAsync("root-dave"), Now));
        Assert.Empty(await directory.FindByNameAsync("root-dave", Now));
        Assert.Null(await directory.ReadGroupAsync(await GroupAsync("Finance-Write"), Now));
    }
}
