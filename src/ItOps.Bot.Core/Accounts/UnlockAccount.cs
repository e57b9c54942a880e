using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Accounts;

/// <summary>Lifts the lock that too many wrong passwords put on an account. The password stays.</summary>
internal sealed class UnlockAccount(AccountDirectories directories) : IOperation
{
    private readonly AccountGate _gate = new(directories);

    public OperationDescriptor Descriptor { get; } = new(
        "account.unlock",
        "Unlock {target} in {system}",
        OperationEffect.Changes,
        ReplayClass.Probe,
        new CardRisk(RiskLevel.Low, "the password stays the same; whoever was guessing it could go on guessing"),
        [new OperationArgument("account", ArgumentKind.Account, "The account to unlock")])
    { Needs = AccountAbilities.Unlock, TellsOwner = OwnerNews.WhenOthersAsk };

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var target = await _gate.AccountAsync(arguments, Descriptor.Needs, allowDisabled: false, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var account = target.Value.Account;
        var preconditions = AccountFacts.Preconditions(account);
        preconditions["locked"] = AccountFacts.Flag(account.IsLocked);
        CardChange[] changes = !account.IsLocked ? [] : [new("Lock", AccountFacts.LockState(account), "unlocked, 0 bad attempts")];
        return new Preview(target.Value.ToPlanTarget(), changes)
        {
            Preconditions = preconditions,
            PlainState = Plain(Words.English),
            PlainStateIn = Words.InOthers(Plain),
            Remarks = account.Remarks,
        };

        string Plain(Words w) => account.IsLocked
            ? w.IsLocked(AccountFacts.Called(account), account.LockedSince, account.BadAttempts)
            : w.IsNotLocked(AccountFacts.Called(account));
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var target = await _gate.AccountAsync(step.Arguments, Descriptor.Needs, allowDisabled: false, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var (directory, account) = target.Value;
        var unlocked = await directory.UnlockAsync(account.Id, cancellationToken);
        return unlocked.Failed ? unlocked.Problem : new StepOutput { Lines = [$"Unlocked {account.Name} in {account.SystemName}."] };
    }

    public async Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var account = await directories.ReadAsync(step, cancellationToken);
        return account is null
            ? AccountReading.Gone
            : new Verification(!account.IsLocked, $"Read again: {AccountFacts.LockState(account)}.");
    }
}
