using ItOps.Bot.Accounts;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>Checks passwords as the sandbox's systems would, lockout included.</summary>
internal sealed class PracticeSignIn(SandboxDocuments documents, SandboxOptions options, TimeProvider time) : IPracticeSignIn
{
    public async Task<PracticeOutcome> TryAsync(string system, string accountName, Secret<string> password, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(SandboxDocuments.System, system, cancellationToken) is { Refuses: SandboxRefusal.Unavailable })
            return PracticeOutcome.Unavailable;
        var accounts = await documents.AllAsync(SandboxDocuments.Account, cancellationToken);
        if (accounts.FirstOrDefault(a => a.System == system && a.Name.Equals(accountName, StringComparison.OrdinalIgnoreCase)) is not { } found)
            return PracticeOutcome.Wrong;

        var outcome = PracticeOutcome.Wrong;
        var changed = await documents.ChangeAsync(SandboxDocuments.Account, found.ObjectId, Try, cancellationToken);
        return changed.Failed ? PracticeOutcome.Unavailable : outcome;

        SandboxChange<SandboxAccount>? Try(SandboxAccount account)
        {
            (outcome, var next) = Attempt(account, password.Reveal());
            return next == account ? null : new SandboxChange<SandboxAccount>(next, []);
        }
    }

    private (PracticeOutcome Outcome, SandboxAccount Next) Attempt(SandboxAccount account, string password)
    {
        if (!account.Enabled)
            return (PracticeOutcome.Disabled, account);
        if (account.LockedSince is not null)
            return (PracticeOutcome.Locked, account);
        if (!PasswordHash.Matches(password, account.PasswordHash))
        {
            var bad = account.BadAttempts + 1;
            return bad >= options.LockoutThreshold
                ? (PracticeOutcome.Locked, account with { BadAttempts = bad, LockedSince = time.GetUtcNow() })
                : (PracticeOutcome.Wrong, account with { BadAttempts = bad });
        }

        return account.MustChangePassword
            ? (PracticeOutcome.MustChangePassword, account with { BadAttempts = 0 })
            : (PracticeOutcome.Right, account with { BadAttempts = 0, Sessions = account.Sessions + 1 });
    }
}
