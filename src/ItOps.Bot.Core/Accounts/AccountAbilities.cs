namespace ItOps.Bot.Accounts;

/// <summary>What an account system lets the bot do. What it does not offer is not proposed, and refused where it is asked for.</summary>
[Flags]
public enum AccountAbilities
{
    None = 0,
    ResetPassword = 1,
    Unlock = 2,
    RevokeSessions = 4,
    Membership = 8,

    /// <summary>Keep anybody from signing in as the account, until a person at IT lifts it.</summary>
    Block = 16,
    All = ResetPassword | Unlock | RevokeSessions | Membership | Block,
}
