using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Accounts;

/// <summary>Signs an account out everywhere. It only takes away, so a disabled account may be signed out too.</summary>
internal sealed class RevokeSessions(AccountDirectories directories) : IOperation
{
    private readonly AccountGate _gate = new(directories);

    public OperationDescriptor Descriptor { get; } = new(
        "account.revoke-sessions",
        "Sign {target} out everywhere in {system}",
        OperationEffect.Changes,
        ReplayClass.Probe,
        new CardRisk(RiskLevel.Low, "work that is not saved in open sessions may be lost"),
        [new OperationArgument("account", ArgumentKind.Account, "The account to sign out")])
    { Needs = AccountAbilities.RevokeSessions, TellsOwner = OwnerNews.WhenOthersAsk, OnlyTakesAway = true };

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var target = await _gate.AccountAsync(arguments, Descriptor.Needs, allowDisabled: true, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var account = target.Value.Account;
        return new Preview(target.Value.ToPlanTarget(), account.ActiveSessions == 0 ? [] : [new("Sessions", SessionState(account), "all signed out")])
        {
            // What the steps before it do to the account must not stop a step that only takes away.
            Preconditions = new Dictionary<string, string> { ["privileged"] = AccountFacts.Flag(account.IsPrivileged) },
            PlainState = Plain(Words.English),
            PlainStateIn = Words.InOthers(Plain),
            Remarks = account.Remarks,
        };

        string Plain(Words w) => w.IsSignedIn(AccountFacts.Called(account), account.ActiveSessions);
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var target = await _gate.AccountAsync(step.Arguments, Descriptor.Needs, allowDisabled: true, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var (directory, account) = target.Value;
        var revoked = await directory.RevokeSessionsAsync(account.Id, cancellationToken);
        return revoked.Failed ? revoked.Problem : new StepOutput { Lines = [$"Signed {account.Name} out everywhere in {account.SystemName}."] };
    }

    public async Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken)
    {
        if (await directories.ReadAsync(step, cancellationToken) is not { } account)
            return AccountReading.Gone;

        var revoked = account.SessionsRevokedAt is { } at ? $"sessions from before {AccountFacts.Exact(at)} are void" : "sessions were never revoked";
        return account.ActiveSessions == 0
            ? new Verification(true, "Read again: nobody is signed in.")
            : new Verification(account.SessionsRevokedAt >= step.StartedAt, $"Read again: {revoked}.") { IsProof = account.SessionsRevokedNotBefore >= step.StartedAt };
    }

    private static string SessionState(AccountSnapshot account) =>
        account.ActiveSessions is { } count ? $"{count} open" : "open ones not counted by the system";
}
