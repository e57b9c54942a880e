using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>
/// Makes <c>account.unlock</c> an operation that must not be repeated, and lets the process die in the middle of it: the call begins, and no answer ever comes.
/// </summary>
public sealed class Interruption
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the effect happens before the answer is lost.</summary>
    public bool Happens { get; init; }

    /// <summary>Off once the process is started again.</summary>
    public bool Dies { get; set; } = true;

    public Task Begun => _begun.Task;

    public void Into(IServiceCollection services)
    {
        var unlock = services.Single(s => s.ServiceType == typeof(IOperation) && s.ImplementationType?.Name == "UnlockAccount");
        services.Remove(unlock);
        services.AddSingleton<IOperation>(p => new Unrepeatable((IOperation)ActivatorUtilities.CreateInstance(p, unlock.ImplementationType!), this));
    }

    private sealed class Unrepeatable(IOperation inner, Interruption interruption) : IOperation
    {
        public OperationDescriptor Descriptor => inner.Descriptor with { Replay = ReplayClass.Never };

        public Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken) => inner.PreviewAsync(arguments, cancellationToken);

        public Secret<string>? PrepareSecret() => inner.PrepareSecret();

        public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
        {
            if (!interruption.Dies)
                return await inner.ExecuteAsync(step, cancellationToken);
            if (interruption.Happens)
                await inner.ExecuteAsync(step, cancellationToken);
            interruption._begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("Unreachable: the delay ends by cancellation only.");
        }

        public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) => inner.VerifyAsync(step, cancellationToken);
    }
}
