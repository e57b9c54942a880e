using ItOps.Bot.Executors.LocalAccounts;

namespace ItOps.Bot.Executors.Tests.LocalAccounts;

/// <summary>What the tools print, read to the letter.</summary>
public sealed class LinuxRecordsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("alice:$y$hash:20000:0:99999:7:::", true, false, false, false)]
    [InlineData("alice:!$y$hash:20000:0:99999:7::1:", true, true, false, true)]
    [InlineData("alice:!:20000:0:99999:7:::", false, false, false, false)]
    [InlineData("alice:!!:20000::::::", false, false, false, false)]
    [InlineData("alice:*:20000:0:99999:7:::", false, false, false, false)]
    [InlineData("alice:$y$hash:0:0:99999:7:::", true, false, true, false)]
    [InlineData("alice:$y$hash::0:99999:7::30000:", true, false, false, false)]
    public void A_shadow_entry_tells_lock_age_and_expiry(string line, bool hasPassword, bool locked, bool mustChange, bool expired)
    {
        var entry = ShadowEntry.Read(line)!;
        Assert.Equal((hasPassword, locked, mustChange, expired), (entry.HasPassword, entry.IsLocked, entry.MustChange, entry.IsExpired(s_now)));
    }

    [Theory]
    [InlineData("alice:x:20000")]
    [InlineData("")]
    [InlineData("… 3 lines left out …")]
    public void What_is_no_entry_is_none(string line)
    {
        Assert.Null(ShadowEntry.Read(line));
        Assert.Null(PasswdEntry.Read(line));
        Assert.Null(GroupEntry.Read(line));
    }

    [Fact]
    public void A_password_expires_after_its_longest_age()
    {
        var entry = ShadowEntry.Read("alice:$y$hash:20000:0:90:7:::")!;
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(20_090), entry.PasswordExpires);
        Assert.Null(ShadowEntry.Read("alice:$y$hash:20000:0:99999:7:::")!.PasswordExpires);
    }

    [Theory]
    [InlineData("", 3, true)]
    [InlineData("", 2, false)]
    [InlineData("deny = 5\n# deny = 1", 4, false)]
    [InlineData("deny=5", 5, true)]
    [InlineData("deny = 0", 9, false)]
    [InlineData("unlock_time = 60", 3, false)]
    [InlineData("unlock_time = 0", 3, true)]
    [InlineData("unlock_time = never", 3, true)]
    [InlineData("fail_interval = 90", 3, false)]
    public void An_account_is_locked_by_the_rules_of_the_machine(string rules, int failures, bool locked)
    {
        // One failure a minute, the last two minutes ago.
        string[] lines = ["alice:", "When                Type  Source      Valid", .. Enumerable.Range(0, failures).Select(i => $"{s_now.AddMinutes(-1 - failures + i):yyyy-MM-dd HH:mm:ss} SVC   sshd            V"), $"{s_now:yyyy-MM-dd HH:mm:ss} SVC   sshd            I"];
        var since = FaillockTally.Read(lines).LockedSince(FaillockRules.Read(rules.Split('\n')), s_now);
        Assert.Equal(locked ? s_now.AddMinutes(-2) : null, since);
    }

    [Theory]
    [InlineData("Practice", "$6$saltsalt$", false)]
    [InlineData("Practice", "not a hash", null)]
    [InlineData("Practice", "!", null)]
    public void What_is_no_hash_proves_nothing(string password, string hash, bool? matches)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "crypt(3) is Linux's.");
        Assert.Equal(matches, CryptHash.Matches(password, hash));
    }

    /// <summary>The example of the specification of SHA-crypt.</summary>
    [Theory]
    [InlineData("Hello world!", true)]
    [InlineData("Hello world?", false)]
    public void A_hash_is_checked_by_the_systems_own_crypt(string password, bool matches)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "crypt(3) is Linux's.");
        Assert.Equal(matches, CryptHash.Matches(password, "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5"));
    }
}
