using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>A request with its card and its story.</summary>
public sealed record RequestPage(ServiceRequest Request, Card Card, IReadOnlyList<TimelineEntry> Timeline);

/// <summary>
/// Shows requests to those who may see them: their requester, and the groups that decide, guard and audit. To everybody else a request does not exist.
/// </summary>
public sealed class RequestDesk(
    IRequestStore requests, IApprovalStore approvals, IAuditLog audit, IPersonDirectory people, ApprovalPolicy policy, RequestCards cards, RequestTimeline timeline)
{
    public const string AuditorsGroup = "auditors";

    public async Task<IReadOnlyList<ServiceRequest>> ListAsync(Principal reader, int take, CancellationToken cancellationToken) =>
        await SeesAllAsync(reader, cancellationToken)
            ? await requests.RecentAsync(take, cancellationToken)
            : await requests.ByRequesterAsync(reader.Id, take, cancellationToken);

    public async Task<RequestPage?> OpenAsync(Principal reader, string requestId, CancellationToken cancellationToken)
    {
        if (await requests.FindAsync(requestId, cancellationToken) is not { } request)
            return null;
        var seesAll = await SeesAllAsync(reader, cancellationToken);
        if (request.Requester != reader.Id && !seesAll)
            return null;
        var asked = await approvals.ForRequestAsync(requestId, cancellationToken);
        var steps = await requests.StepsAsync(requestId, cancellationToken);
        var records = await audit.ForRequestAsync(requestId, cancellationToken);
        return new(request, cards.ForRequester(request, asked, steps), timeline.Of(request, records, steps, exact: seesAll));
    }

    /// <summary>Whether the person's work is to watch over people and those who decide: security and auditors.</summary>
    public async Task<bool> GuardsAsync(Principal reader, CancellationToken cancellationToken)
    {
        var groups = await people.GroupsOfAsync(reader.Id, cancellationToken);
        return groups.Contains(policy.SecurityGroup) || groups.Contains(AuditorsGroup);
    }

    /// <summary>Whether the person's work is with everybody's requests.</summary>
    public async Task<bool> SeesAllAsync(Principal reader, CancellationToken cancellationToken)
    {
        var groups = await people.GroupsOfAsync(reader.Id, cancellationToken);
        return groups.Contains(policy.HandOffGroup) || groups.Contains(policy.SecurityGroup) || groups.Contains(AuditorsGroup)
            || policy.Rules.SelectMany(r => r.Groups).Any(groups.Contains);
    }
}
