using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Notices;

/// <summary>
/// Brings what came of a step to the owner of its target, whichever way the run ends and once: a secret through its link, and the news that it was done.
/// </summary>
public sealed class Deliveries(SecretLinks secrets, ReportDesk reports, OperationCatalog operations)
{
    /// <summary>For the steps that succeeded and are not delivered yet; whoever commits delivers them with it or not at all.</summary>
    public async Task AddAsync(
        Commit commit, ServiceRequest request, IReadOnlyList<Approval> decided, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var fresh = steps.Where(s => s is { Status: StepStatus.Succeeded, Delivered: false }).ToList();
        foreach (var step in fresh)
        {
            if (step.Secret is { } secret)
                await secrets.DeliverAsync(commit, request, request.Plan!.Steps[step.Index].Target, secret, cancellationToken);
            commit.Add(new StepJournaled(step with { Secret = null, Delivered = true, Fence = request.Fence }));
        }

        // What a report sets off is told by the report itself.
        if (request.Report is not null)
            return;
        foreach (var owned in fresh.GroupBy(s => request.Plan!.Steps[s.Index].Target.Owner))
        {
            if (owned.Key is { } owner && owned.Any(s => IsNews(s.Operation, owner, request)))
                await reports.TellAsync(commit, request, decided, owner, [.. owned.Select(s => request.Plan!.Steps[s.Index])], cancellationToken);
        }
    }

    private bool IsNews(string operation, PersonId owner, ServiceRequest request) => operations.Find(operation)?.Descriptor.TellsOwner switch
    {
        OwnerNews.Always => true,
        OwnerNews.WhenOthersAsk => owner != request.Requester,
        _ => false,
    };
}
