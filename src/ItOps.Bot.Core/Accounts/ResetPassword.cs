using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Accounts;

/// <summary>Sets a new temporary password, which only the owner sees and must change at next sign-in, and lifts a lock with it.</summary>
internal sealed class ResetPassword(AccountDirectories directories) : IOperation
{
    private readonly AccountGate _gate = new(directories);

    public OperationDescriptor Descriptor { get; } = new(
        "account.reset-password",
        "Reset the password of {target} in {system}",
        OperationEffect.Changes,
        ReplayClass.Idempotent,
        new CardRisk(RiskLevel.High, "whoever receives the new password can sign in as the owner, and the old one is gone"),
        [new OperationArgument("account", ArgumentKind.Account, "The account whose password is reset")])
    { Needs = AccountAbilities.ResetPassword, TellsOwner = OwnerNews.Always };

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var target = await _gate.AccountAsync(arguments, Descriptor.Needs, allowDisabled: false, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var account = target.Value.Account;
        var lastSet = account.PasswordLastSet is { } at ? $"set {AccountFacts.Exact(at)}" : "set at an unknown time";
        var changes = new List<CardChange>
        {
            new("Password", lastSet, "new and random, shown once to its owner"),
            new("Next sign-in", account.MustChangePassword ? "must change the password" : "as usual", "must change the password"),
        };
        if (account.IsLocked)
            changes.Add(new CardChange("Lock", AccountFacts.LockState(account), "unlocked, 0 bad attempts"));

        return new Preview(target.Value.ToPlanTarget(), changes)
        {
            Preconditions = AccountFacts.Preconditions(account),
            PlainState = Plain(Words.English),
            PlainStateIn = Words.InOthers(Plain),
            Remarks = account.Remarks,
        };

        string Plain(Words w) => w.PasswordLastSet(AccountFacts.Called(account), account.PasswordLastSet);
    }

    public Secret<string> PrepareSecret() => PasswordGenerator.Create();

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        if (step.Secret is not { } password)
            return new Problem(ProblemCode.InvalidArguments, "No password was journaled for this step.");
        var target = await _gate.AccountAsync(step.Arguments, Descriptor.Needs, allowDisabled: false, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var (directory, account) = target.Value;
        var reset = await directory.ResetPasswordAsync(account.Id, password, mustChange: true, cancellationToken);
        return reset.Failed
            ? reset.Problem
            : new StepOutput { Lines = [$"Reset the password of {account.Name} in {account.SystemName}."], ForOwner = password };
    }

    public async Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken)
    {
        if (await directories.ReadAsync(step, cancellationToken) is not { } account || directories.Find(account.Id.System) is not { } directory)
            return AccountReading.Gone;
        if (step.Secret is not { } password)
            return new Verification(false, "No password was journaled for this step.");

        var check = await directory.CheckPasswordAsync(account.Id, password, step.StartedAt, cancellationToken);
        var mustChange = check.MustChange ? "must change at next sign-in" : "need not change at next sign-in";
        return new Verification(
            check.State != PasswordState.NotInForce && check.MustChange && !account.IsLocked,
            $"Read again: {check.Text}, {mustChange}, {AccountFacts.LockState(account)}.")
        { IsProof = check.State == PasswordState.InForce };
    }
}
