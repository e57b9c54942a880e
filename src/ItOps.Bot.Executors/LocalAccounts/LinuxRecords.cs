using System.Globalization;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>A line of passwd(5).</summary>
internal sealed record PasswdEntry(string Name, long Uid, long Gid, string Shell)
{
    public static PasswdEntry? Read(string line) =>
        line.Split(':') is [var name, _, var uid, var gid, _, _, var shell] && long.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var u) && long.TryParse(gid, NumberStyles.None, CultureInfo.InvariantCulture, out var g)
            ? new(name, u, g, shell)
            : null;
}

/// <summary>A line of group(5).</summary>
internal sealed record GroupEntry(string Name, long Gid, IReadOnlyList<string> Members)
{
    public static GroupEntry? Read(string line) =>
        line.Split(':') is [var name, _, var gid, var members] && long.TryParse(gid, NumberStyles.None, CultureInfo.InvariantCulture, out var g)
            ? new(name, g, members.Split(',', StringSplitOptions.RemoveEmptyEntries))
            : null;
}

/// <summary>A line of shadow(5). Days are counted from 1970-01-01.</summary>
internal sealed record ShadowEntry(string Name, string Hash)
{
    // So many days are what login.defs means by "never".
    private const long Never = 99_999;

    /// <summary>When the password was last set, in whole days; 0 = must be changed at the next sign-in, none = the password does not age.</summary>
    public long? LastChange { get; init; }

    public long? MaximumAge { get; init; }

    public long? Expires { get; init; }

    public bool MustChange => LastChange == 0;

    public DateTimeOffset? LastSet => LastChange is > 0 ? Day(LastChange.Value) : null;

    public DateTimeOffset? PasswordExpires => LastChange is > 0 && MaximumAge is >= 0 and < Never ? Day(LastChange.Value + MaximumAge.Value) : null;

    /// <summary>A password that somebody put out of use; it is still there behind the mark.</summary>
    public bool IsLocked => Hash.StartsWith('!') && Hash.TrimStart('!').Length > 0;

    public bool HasPassword => Hash.TrimStart('!') is { Length: > 0 } hash && hash != "*";

    public bool IsExpired(DateTimeOffset now) => Expires is { } day && Day(day) <= now;

    public static ShadowEntry? Read(string line) => line.Split(':') is [var name, var hash, var last, _, var maximum, _, _, var expires, _]
        ? new(name, hash) { LastChange = Number(last), MaximumAge = Number(maximum), Expires = Number(expires) }
        : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1_000_000 ? number : null;

    private static DateTimeOffset Day(long day) => DateTimeOffset.UnixEpoch.AddDays(day);
}
