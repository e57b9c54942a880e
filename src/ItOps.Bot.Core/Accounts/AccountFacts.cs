using System.Globalization;

namespace ItOps.Bot.Accounts;

/// <summary>The states of an account and a group in words and as preconditions, the same in every operation.</summary>
internal static class AccountFacts
{
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>What the account is called in a sentence.</summary>
    public static string Called(AccountSnapshot account) => $"{account.Name} in {account.SystemName}";

    public static string LockState(AccountSnapshot account) =>
        account switch
        {
            { LockedSince: { } since } => $"locked since {Exact(since)}, {Counted(account.BadAttempts, "bad attempt")}",
            { IsLocked: true } => "locked",
            _ => "not locked",
        };

    public static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>What people call the group: the thing it opens and how far, or its own name.</summary>
    public static string NameOf(GroupSnapshot group) =>
        group.Resource is { } resource ? $"{resource.Name} ({resource.Permission})" : group.Name;

    public static Dictionary<string, string> Preconditions(AccountSnapshot account) => new()
    {
        ["enabled"] = Flag(account.IsEnabled),
        ["privileged"] = Flag(account.IsPrivileged),
    };

    public static string Flag(bool value) => value ? "true" : "false";
}
