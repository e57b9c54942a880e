using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>Where an operation throws.</summary>
public enum Fault { None, Preview, Verify }

/// <summary>Where something waits until a test lets it go on.</summary>
internal sealed class Pause
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task;

    public void GoOn() => _goOn.SetResult();

    public Task WaitAsync()
    {
        _reached.TrySetResult();
        return _goOn.Task;
    }
}

/// <summary>
/// An operation on alice's account that does what a test wants, under the name of the one that unlocks: put into a stored plan, it is seen by the runner alone.
/// </summary>
internal sealed class Scripted : IOperation
{
    private Pause? _pause;
    private int _effects;

    public ReplayClass Replay { get; init; } = ReplayClass.Probe;

    public Fault Fault { get; set; }

    public int Effects => Volatile.Read(ref _effects);

    public OperationDescriptor Descriptor => new(
        "account.scripted", "Do something to {target}", OperationEffect.Changes, Replay, new(RiskLevel.Low, "a test"), [new("account", ArgumentKind.Account, "whose")]);

    /// <summary>The next look at the target waits.</summary>
    public Pause PauseAtPreview() => _pause = new();

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _pause, null) is { } pause)
            await pause.WaitAsync();
        if (Fault == Fault.Preview)
            throw new InvalidDataException("The system answers nonsense.");
        return new Preview(new("account", "directory/D2001", "alice", "Directory", new("P1001")), [new("Thing", "undone", "done")]) { PlainState = "The thing is undone." };
    }

    public Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _effects);
        return Task.FromResult<Result<StepOutput>>(new StepOutput { Lines = ["Did it."] });
    }

    public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) =>
        Fault == Fault.Verify ? throw new InvalidDataException("The system answers nonsense.") : Task.FromResult(new Verification(Effects > 0, "looked"));
}

internal static class ScriptedRequests
{
    public static Scripted Operation(this BotHost bot) => bot.Services.GetServices<IOperation>().OfType<Scripted>().Single();

    /// <summary>Alice asks for an unlock that waits for its approval; in the file, its plan is made one of the scripted operation.</summary>
    public static async Task<ServiceRequest> AskForScriptedAsync(this BotHost bot)
    {
        var request = await bot.AliceAsksForAnUnlockAsync();
        var plan = request.Plan! with { Steps = [request.Plan.Steps[0] with { Operation = "account.scripted" }] };
        await bot.SetRequestAsync(request.Id, "$.Plan.Steps[0].Operation", "account.scripted");
        await bot.SetRequestAsync(request.Id, "$.Digest", PlanDigest.Of(plan));
        await bot.TamperAsync("UPDATE requests SET body = json_set(body, '$.Previews[0].Preconditions', json('{}')) WHERE id = $id", ("$id", request.Id));
        await bot.SetApprovalAsync(Assert.Single(await bot.PendingApprovalsAsync()).Id, "$.Digest", PlanDigest.Of(plan));
        return await bot.RequestAsync(request.Id);
    }
}
