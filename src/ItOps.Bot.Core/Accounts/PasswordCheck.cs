namespace ItOps.Bot.Accounts;

/// <summary>
/// Whether a password that the bot set is the account's password now, and whether it must be changed at the next sign-in.
/// <paramref name="Text"/> says in exact words what was looked at; it holds no secret.
/// </summary>
public sealed record PasswordCheck(PasswordState State, bool MustChange, string Text);

public enum PasswordState
{
    /// <summary>It is, for certain: a sign-in with it was understood, or the system says that it was set since.</summary>
    InForce,

    /// <summary>It is not, for certain.</summary>
    NotInForce,

    /// <summary>The system offers no way to tell. After a call that it confirmed this is as good as it gets; after a call without an answer it proves nothing.</summary>
    Untold,
}
