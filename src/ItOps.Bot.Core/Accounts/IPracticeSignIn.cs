using ItOps.Bot.Secrets;

namespace ItOps.Bot.Accounts;

/// <summary>Signs in to an account of the sandbox with a password, to see that a reset really works. Development on loopback only.</summary>
public interface IPracticeSignIn
{
    /// <summary>The accounts one may try: system key and sign-in name.</summary>
    Task<IReadOnlyList<AccountSnapshot>> AccountsAsync(CancellationToken cancellationToken);

    Task<PracticeSignInOutcome> TryAsync(string system, string accountName, Secret<string> password, CancellationToken cancellationToken);
}

public enum PracticeSignInOutcome { SignedIn, MustChangePassword, WrongPassword, Locked, Disabled, NoSuchAccount }
