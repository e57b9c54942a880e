using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Accounts;

/// <summary>Keeps anybody from signing in as an account that may be in the wrong hands. It only takes away; a person at IT lifts it.</summary>
internal sealed class BlockAccount(AccountDirectories directories) : IOperation
{
    private readonly AccountGate _gate = new(directories);

    public OperationDescriptor Descriptor { get; } = new(
        "account.block",
        "Block {target} in {system}",
        OperationEffect.Changes,
        ReplayClass.Probe,
        new CardRisk(RiskLevel.Low, "the owner cannot sign in either until IT lifts it"),
        [new OperationArgument("account", ArgumentKind.Account, "The account to block")])
    { Needs = AccountAbilities.Block, TellsOwner = OwnerNews.Always, OnlyTakesAway = true };

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var target = await _gate.AccountAsync(arguments, Descriptor.Needs, allowDisabled: true, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var account = target.Value.Account;
        return new Preview(target.Value.ToPlanTarget(), account.IsEnabled ? [new("Sign-in", "allowed", "blocked until IT lifts it")] : [])
        {
            Preconditions = new Dictionary<string, string> { ["privileged"] = AccountFacts.Flag(account.IsPrivileged) },
            PlainState = Plain(Words.English),
            PlainStateIn = Words.InOthers(Plain),
            Remarks = account.Remarks,
        };

        string Plain(Words w) => w.IsBlocked(AccountFacts.Called(account), !account.IsEnabled);
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var target = await _gate.AccountAsync(step.Arguments, Descriptor.Needs, allowDisabled: true, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var (directory, account) = target.Value;
        var blocked = await directory.BlockAsync(account.Id, cancellationToken);
        return blocked.Failed ? blocked.Problem : new StepOutput { Lines = [$"Blocked {account.Name} in {account.SystemName}."] };
    }

    public async Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var account = await directories.ReadAsync(step, cancellationToken);
        return account is null
            ? AccountReading.Gone
            : new Verification(!account.IsEnabled, $"Read again: sign-in is {(account.IsEnabled ? "allowed" : "blocked")}.");
    }
}
