using ItOps.Bot.Secrets;

namespace ItOps.Bot.Accounts;

/// <summary>Signing in to a system of the sandbox, to see with one's own eyes that a lock or a reset took effect. Never a sign-in to the bot.</summary>
public interface IPracticeSignIn
{
    /// <summary>
    /// Tries a password as a workstation would: a wrong one counts towards the lockout, a right one resets the count.
    /// An account that does not exist answers as a wrong password does.
    /// </summary>
    Task<PracticeOutcome> TryAsync(string system, string accountName, Secret<string> password, CancellationToken cancellationToken);
}

public enum PracticeOutcome { Right, Wrong, Locked, MustChangePassword, Disabled, Unavailable }
