using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Queries;

namespace ItOps.Bot.Executors.ActiveDirectory.Objects;

/// <summary>What is read of an account, and what it says (MS-ADA, MS-ADTS 2.2.16).</summary>
internal static class AccountAttributes
{
    public const int Disabled = 0x2;
    private const int Lockout = 0x10;
    private const int InterdomainTrust = 0x800;
    private const int NeverExpires = 0x10000;
    private const int SmartCardOnly = 0x40000;
    private const string Control = "userAccountControl";
    private const string ComputedControl = "msDS-User-Account-Control-Computed";
    private const uint Guest = 501;
    private const uint TicketGranting = 502;

    private static readonly string[] s_serviceClasses = ["computer", "msDS-ManagedServiceAccount", "msDS-GroupManagedServiceAccount"];

    public static IReadOnlyList<string> All { get; } =
    [
        Entry.GuidAttribute, "objectClass", "objectSid", "sAMAccountName", "userPrincipalName", Control, ComputedControl, "lockoutTime", "badPwdCount", "pwdLastSet",
        "accountExpires", "msDS-UserPasswordExpiryTimeComputed", "adminCount", "primaryGroupID", "servicePrincipalName",
    ];

    public static string NameOf(Entry account) => account.Text("sAMAccountName") ?? account.Name;

    public static string? PrincipalNameOf(Entry account) => account.Text("userPrincipalName");

    /// <summary>None when it may not be read.</summary>
    public static int? ControlOf(Entry account) => (int?)account.Number(Control);

    /// <summary>Whether it is must not be read counts as yes.</summary>
    public static bool IsDisabled(Entry account) => ControlOf(account) is not { } control || (control & Disabled) != 0;

    /// <summary>
    /// The domain controller knows when a lock has run out, by the policy that is in force for this account. One that does not say so is taken at its word that there
    /// was a lock.
    /// </summary>
    public static bool IsLocked(Entry account) =>
        account.Has(ComputedControl) ? account.HasBits(ComputedControl, Lockout) : account.Number("lockoutTime") is > 0;

    public static bool MustChangePassword(Entry account) => account.Number("pwdLastSet") == 0;

    public static bool PasswordNeverExpires(Entry account) => account.HasBits(Control, NeverExpires);

    public static bool NeedsSmartCard(Entry account) => account.HasBits(Control, SmartCardOnly);

    public static bool IsExpired(Entry account, DateTimeOffset now) => account.Time("accountExpires") is { } at && at <= now;

    /// <summary>Made for programs and machines, by its class, its registered services or its number.</summary>
    public static bool IsForServices(Entry account) =>
        account.Texts("objectClass").Intersect(s_serviceClasses, StringComparer.OrdinalIgnoreCase).Any()
        || account.Has("servicePrincipalName")
        || account.HasBits(Control, InterdomainTrust)
        || (account.Bytes("objectSid") is { } sid && SecurityId.RelativeId(sid) is Guest or TicketGranting);

    public static AccountSnapshot Snapshot(Entry account, string system, string systemName, DateTimeOffset now) => new(new(system, account.ObjectId), NameOf(account), Owner: null)
    {
        SystemName = systemName,
        IsEnabled = !IsDisabled(account),
        IsLocked = IsLocked(account),
        LockedSince = IsLocked(account) ? account.Time("lockoutTime") : null,
        BadAttempts = (int)(account.Number("badPwdCount") ?? 0),
        PasswordLastSet = account.Time("pwdLastSet"),
        MustChangePassword = MustChangePassword(account),
        PasswordExpiresAt = account.Time("msDS-UserPasswordExpiryTimeComputed"),
        Remarks = [.. Remarks(account, now)],
        Withheld = ResetRefusal(account) is null ? AccountAbilities.None : AccountAbilities.ResetPassword,
        WithheldBecause = ResetRefusal(account),
    };

    /// <summary>Why a temporary password is of no use to this account; none when it is.</summary>
    public static string? ResetRefusal(Entry account) =>
        PasswordNeverExpires(account) ? "its password never expires (DONT_EXPIRE_PASSWD), so that a change at next sign-in cannot be required; clear that flag first"
        : NeedsSmartCard(account) ? "it signs in with a smart card only (SMARTCARD_REQUIRED)"
        : null;

    private static IEnumerable<string> Remarks(Entry account, DateTimeOffset now)
    {
        if (account.Time("accountExpires") is { } expires)
            yield return $"the account {(expires <= now ? "expired" : "expires")} {expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        yield return "open Windows sessions and tickets go on until they end";
    }
}
