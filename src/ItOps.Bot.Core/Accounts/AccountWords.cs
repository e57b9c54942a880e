using System.Globalization;

namespace ItOps.Bot.Accounts;

/// <summary>An account's state in a few plain words, for buttons.</summary>
public static class AccountWords
{
    public static string State(AccountSnapshot account) => account switch
    {
        { IsEnabled: false } => "switched off",
        { LockedSince: { } since } => $"locked since {since.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)}",
        { IsLocked: true } => "locked",
        _ => "not locked",
    };
}
