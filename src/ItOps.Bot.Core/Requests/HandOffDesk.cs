using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.HandOffs;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>Gives a request to people, with everything known about it. Adds to a commit; stores nothing by itself.</summary>
public sealed class HandOffDesk(
    ApprovalPolicy policy, TargetGuard guard, IPersonDirectory people, Reach reach, RunbookCatalog runbooks, HandOffIntake intake, TimeProvider time)
{
    /// <summary>To those on duty in IT. The requester hears of it from whoever called.</summary>
    public async Task<ServiceRequest> ToHumanAsync(
        Commit commit, ServiceRequest request, string reason, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var caution = await guard.CautionAsync(request.Requester, cancellationToken);
        return await HandOverAsync(
            commit,
            request with { HandOffReason = caution is null ? reason : $"{reason} {caution}" },
            policy.HandOffGroup,
            Words.English.NeedsAHuman(request.RequesterName),
            steps,
            cancellationToken);
    }

    /// <summary>To security, because a target is protected or a plan is not what was approved. The requester is told so.</summary>
    public async Task<ServiceRequest> ToSecurityAsync(
        Commit commit, ServiceRequest request, Problem problem, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var stopped = await HandOverAsync(
            commit,
            request with { Problem = problem, HandOffReason = problem.Detail },
            policy.SecurityGroup,
            Words.English.NeedsSecurity(request.RequesterName, problem.Code),
            steps,
            cancellationToken);
        commit.Add(new TurnAccepted(RequestTurn.For(stopped, RequestEvent.ToSecurity, time)));
        return stopped;
    }

    /// <summary>As <see cref="ToSecurityAsync"/>, for a wish that was refused before it became a plan; the refusal itself told the requester.</summary>
    public Task<ServiceRequest> TellSecurityAsync(Commit commit, ServiceRequest request, Problem problem, CancellationToken cancellationToken) =>
        HandOverAsync(
            commit,
            request with { Problem = problem, HandOffReason = problem.Detail, Version = request.Version - 1 },
            policy.SecurityGroup,
            Words.English.NeedsSecurity(request.RequesterName, problem.Code),
            [],
            cancellationToken);

    /// <summary>To security, with everything that is known about what somebody reported. The people are told by whoever called.</summary>
    public Task<ServiceRequest> ReportedAsync(Commit commit, ServiceRequest request, string text, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken) =>
        HandOverAsync(commit, request, policy.SecurityGroup, text, steps, cancellationToken);

    /// <summary>A few words to everybody in security but one.</summary>
    public async Task AlertAsync(Commit commit, string text, PersonId except, CancellationToken cancellationToken)
    {
        foreach (var person in await people.MembersOfAsync(policy.SecurityGroup, cancellationToken))
        {
            foreach (var place in person.Id == except ? [] : await reach.OfAsync(person.Id, cancellationToken))
                commit.Add(new MessageQueued(new(Id.New(time), place, new(text), time.GetUtcNow())));
        }
    }

    /// <summary>
    /// Lets the owner of something, or their manager, know that somebody asked for it who may not. Says nothing about the thing itself.
    /// </summary>
    /// <returns>False when there is nobody to tell.</returns>
    public async Task<bool> PointOutAsync(Commit commit, Person asker, TellOther tell, CancellationToken cancellationToken)
    {
        var owner = await people.FindAsync(tell.Person, cancellationToken);
        var told = tell.Manager && owner?.Manager is { } manager ? await people.FindAsync(manager, cancellationToken) : tell.Manager ? null : owner;
        if (owner is null || told is null || runbooks.Find(tell.RunbookId) is not { } runbook)
            return false;
        var text = tell.Manager
            ? Words.English.AskedForYourReport(asker.DisplayName, runbook.Title, owner.DisplayName)
            : Words.English.AskedForYou(asker.DisplayName, runbook.Title);
        foreach (var place in await reach.OfAsync(told.Id, cancellationToken))
            commit.Add(new MessageQueued(new(Id.New(time), place, new(text), time.GetUtcNow())));
        commit.Audit(AuditEntry.By(asker, "person.told", told.Id.Value, null, ("about", tell.RunbookId)));
        return true;
    }

    private async Task<ServiceRequest> HandOverAsync(
        Commit commit, ServiceRequest request, string group, string text, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        request = request with { Status = RequestStatus.HandedOff, Version = request.Version + 1, UpdatedAt = time.GetUtcNow(), LeaseUntil = null };
        commit.Add(new RequestSaved(request));
        commit.Audit(AuditEntry.ByBot("request.handed-off", request.Id, request.Id, ("to", group), ("reason", request.HandOffReason ?? "")));
        await intake.OpenAsync(commit, request, group, text, steps, cancellationToken);
        return request;
    }
}
