using ItOps.Bot.Dialogs;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>Counts how far the proposals of an agent come.</summary>
internal sealed class PlannedFor
{
    /// <summary>How often a plan was made with what an agent had said.</summary>
    public int Suggested { get; private set; }

    /// <summary>How many of them were whole.</summary>
    public int Plans { get; private set; }

    public void Watch(IServiceCollection services)
    {
        var inner = services.Last(d => d.ServiceType == typeof(IPlanner)).ImplementationType!;
        services.AddSingleton<IPlanner>(p => new Counting(this, (IPlanner)ActivatorUtilities.CreateInstance(p, inner)));
    }

    private sealed class Counting(PlannedFor counts, IPlanner inner) : IPlanner
    {
        public async Task<DialogTrigger> PlanAsync(Filling filling, CancellationToken cancellationToken)
        {
            var planned = await inner.PlanAsync(filling, cancellationToken);
            if (filling.Suggested is { RunbookId.Length: > 0 })
            {
                counts.Suggested++;
                counts.Plans += planned is PlanReady or GuideReady or NothingToDo ? 1 : 0;
            }

            return planned;
        }

        public Task<DialogTrigger> PlanUndoAsync(Plan done, string title, Principal requester, CancellationToken cancellationToken) => inner.PlanUndoAsync(done, title, requester, cancellationToken);

        public Task<DialogTrigger> PlanStepsAsync(
            Runbook runbook, GuidePlace at, IReadOnlyDictionary<string, ParameterValue> values, PersonId requester, CancellationToken cancellationToken) =>
            inner.PlanStepsAsync(runbook, at, values, requester, cancellationToken);
    }
}
