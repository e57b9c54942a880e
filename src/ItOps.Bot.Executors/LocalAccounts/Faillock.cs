using System.Globalization;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>When pam_faillock locks (faillock.conf(5)). Root is never locked by default; nobody asks for it here.</summary>
internal sealed record FaillockRules(int Deny = 3, int FailInterval = 900, int UnlockTime = 600)
{
    /// <summary>What stands in no line is as pam_faillock has it.</summary>
    public static FaillockRules Read(IEnumerable<string> lines)
    {
        var rules = new FaillockRules();
        foreach (var (key, value) in lines.Select(l => l.Split('#')[0].Split('=', 2, StringSplitOptions.TrimEntries)).Where(p => p.Length == 2).Select(p => (p[0], p[1])))
        {
            if (key == "unlock_time" && value == "never")
                rules = rules with { UnlockTime = 0 };
            else if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                rules = key switch
                {
                    "deny" => rules with { Deny = number },
                    "fail_interval" => rules with { FailInterval = number },
                    "unlock_time" => rules with { UnlockTime = number },
                    _ => rules,
                };
        }

        return rules;
    }
}

/// <summary>The failed attempts that pam_faillock remembers of one account, as <c>faillock --user</c> prints them with times in UTC.</summary>
internal sealed record FaillockTally(IReadOnlyList<DateTimeOffset> Failures)
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    public static FaillockTally Read(IEnumerable<string> lines) => new([.. lines.Select(Failure).OfType<DateTimeOffset>().Order()]);

    /// <summary>Since when the account is locked; none when it is not, or not any more.</summary>
    public DateTimeOffset? LockedSince(FaillockRules rules, DateTimeOffset now)
    {
        if (rules.Deny == 0 || Failures.Count == 0)
            return null;
        var last = Failures[^1];
        var counted = Failures.Count(f => last - f < TimeSpan.FromSeconds(rules.FailInterval));
        var over = rules.UnlockTime > 0 && last + TimeSpan.FromSeconds(rules.UnlockTime) < now;
        return counted >= rules.Deny && !over ? last : null;
    }

    // "2026-11-22 13:55:12 SVC   sshd      V": the last column says whether the attempt still counts.
    private static DateTimeOffset? Failure(string line) =>
        line.Length > TimeFormat.Length && line.TrimEnd().EndsWith(" V", StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(line[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}
