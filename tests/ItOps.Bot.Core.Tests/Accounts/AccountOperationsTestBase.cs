using ItOps.Bot.Accounts;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Core.Tests.Accounts;

/// <summary>Alice, locked, in a directory with one drive; and the five operations over it.</summary>
public abstract class AccountOperationsTestBase
{
    protected static readonly PersonId AliceId = new("P1");
    protected static readonly PersonId MonaId = new("P2");

    protected AccountOperationsTestBase()
    {
        Directory = new FakeAccountDirectory(Clock);
        Alice = Directory.Put(new AccountSnapshot(new AccountId("directory", "A1"), "alice", AliceId)
        {
            SystemName = "Directory",
            LockedSince = Clock.GetUtcNow().AddMinutes(-12),
            BadAttempts = 5,
            PasswordLastSet = Clock.GetUtcNow().AddDays(-40),
            ActiveSessions = 2,
        });
        Finance = Directory.Put(new GroupSnapshot(new GroupId("directory", "G1"), "finance-write", "Finance drive")
        {
            SystemName = "Directory",
            Owners = [MonaId],
            Resource = new GroupResource("shared-drive", "Finance", "write", ["G:"]),
        });
        var all = new AccountDirectories([Directory]);
        Operations = new OperationCatalog([
            new UnlockAccount(all), new ResetPassword(all), new RevokeSessions(all), new AddGroupMember(all), new RemoveGroupMember(all)]);
    }

    internal FakeTimeProvider Clock { get; } = new();

    internal FakeAccountDirectory Directory { get; }

    protected AccountId Alice { get; }

    protected GroupId Finance { get; }

    protected OperationCatalog Operations { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> EveryOperation =>
        ["account.unlock", "account.reset-password", "account.revoke-sessions", "group.add-member", "group.remove-member"];

    protected StepArguments Arguments(AccountId? account = null, GroupId? group = null) =>
        new([new("account", (account ?? Alice).ToString()), new("group", (group ?? Finance).ToString())]);

    protected async Task<Preview> PreviewAsync(string operation)
    {
        var preview = await Operations.Find(operation)!.PreviewAsync(Arguments(), Token);
        Assert.Null(preview.Problem);
        return preview.Value;
    }

    protected StepExecution Step(Secret<string>? secret = null, StepArguments? arguments = null) =>
        new(arguments ?? Arguments(), secret, Clock.GetUtcNow(), (_, _) => Task.CompletedTask);

    protected async Task<StepOutput> ExecuteAsync(string operation, StepExecution step)
    {
        var output = await Operations.Find(operation)!.ExecuteAsync(step, Token);
        Assert.Null(output.Problem);
        return output.Value;
    }

    protected Task<Verification> VerifyAsync(string operation, StepExecution step) => Operations.Find(operation)!.VerifyAsync(step, Token);
}
