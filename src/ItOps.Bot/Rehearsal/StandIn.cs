using ItOps.Bot.Execution;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Host.Rehearsal;

/// <summary>
/// Stands for an operation on a system that the practice organisation does not have. A plan with it can be made, so that its steps can be looked at; nobody can
/// run it.
/// </summary>
internal sealed class StandIn(OperationDescriptor descriptor) : IOperation
{
    public OperationDescriptor Descriptor => descriptor;

    public Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var target = new PlanTarget("practice", $"practice/{descriptor.Id}", descriptor.Id, "Practice", null);
        return Task.FromResult<Result<Preview>>(new Preview(target, descriptor.Effect == OperationEffect.Changes ? [new("State", "before", "after")] : []) { PlainState = "" });
    }

    public Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken) => throw new NotSupportedException("A rehearsal runs nothing.");

    public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) => throw new NotSupportedException("A rehearsal runs nothing.");
}
