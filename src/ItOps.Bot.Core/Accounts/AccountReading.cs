using ItOps.Bot.Execution;

namespace ItOps.Bot.Accounts;

/// <summary>Reading a step's account again after the effect. Nothing is refused here: a check must see whatever is there.</summary>
internal static class AccountReading
{
    public static readonly Verification Gone = new(false, "Read again: the account is not there any more.");

    public static async Task<AccountSnapshot?> ReadAsync(this AccountDirectories directories, StepExecution step, CancellationToken cancellationToken) =>
        AccountId.Parse(step.Arguments.GetValueOrDefault("account")) is { } id ? await directories.ReadAsync(id, cancellationToken) : null;
}
