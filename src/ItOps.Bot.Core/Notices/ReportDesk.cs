using System.Security.Cryptography;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Notices;

/// <summary>
/// Tells the owner of an account, and their manager, on every way that leads to them, what was done to it, and keeps a plan ready that blocks it: one press by either
/// of them is the approval of exactly that plan (I1). The plan only takes away, so that the worst that a wrong press does is a blocked account.
/// </summary>
public sealed class ReportDesk(
    IPersonDirectory people, ReportPlans plans, ReportPosts messages, ApprovalPosts posts, HandOffDesk handOffs, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Adds the messages, and what a press on them would do, to the commit that ends the run.</summary>
    public async Task TellAsync(
        Commit commit, ServiceRequest request, IReadOnlyList<Approval> decided, PersonId ownerId, IReadOnlyList<PlanStep> done, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(ownerId, cancellationToken) is not { } owner)
        {
            commit.Audit(AuditEntry.ByBot("owner.unknown", ownerId.Value, request.Id));
            return;
        }

        var manager = owner.Manager is { } id && id != ownerId ? await people.FindAsync(id, cancellationToken) : null;
        var approvers = decided.Where(a => a.Purpose == ApprovalPurpose.Change).SelectMany(a => a.Votes).Where(v => v.Verdict == Verdict.Approve).Select(v => v.Name).Distinct();
        var act = new ReportedAct(request.Id, request.Number, request.Title, ownerId, owner.DisplayName, plans.Describe(done), time.GetUtcNow())
        {
            AskedBy = request.RequesterName,
            Assurance = request.Assurance,
            ApprovedBy = string.Join(", ", approvers),
        };
        var prepared = plans.Prepare(act, done);
        var approval = new Approval(Id.New(time), prepared.Id, ApprovalPurpose.Report, prepared.Digest!)
        {
            Version = 1,
            Requester = prepared.Requester,
            Targets = [ownerId],
            People = manager is null ? [ownerId] : [ownerId, manager.Id],
            AskedAt = act.At,
            ExpiresAt = act.At + Lifetime,
        };
        approval = await messages.AddAsync(commit, prepared, approval, [owner, .. manager is null ? Array.Empty<Person>() : [manager]], request, cancellationToken);
        commit.Add(new RequestSaved(prepared)).Add(new ApprovalSaved(approval));
        commit.Audit(AuditEntry.ByBot("report.prepared", approval.Id, prepared.Id, ("about", request.Id), ("digest", approval.Digest)));
        commit.Audit(AuditEntry.ByBot(
            "owner.told", ownerId.Value, request.Id, ("cards", $"{approval.PostedTo.Count}"), ("mails", $"{approval.Links.Count}"), ("manager", manager?.Id.Value ?? "")));
    }

    /// <summary>Takes the word of whoever pressed: what is kept ready runs, and security knows at once.</summary>
    internal async Task<Press> PressAsync(Approval approval, ServiceRequest prepared, Principal actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var act = prepared.Report!;
        var vote = new Vote(actor.Id, actor.Person.DisplayName, Verdict.NotMe, now, actor.Via.Channel, null);
        var pressed = approval with { Status = ApprovalStatus.Granted, Version = approval.Version + 1, Votes = [.. approval.Votes, vote] };
        var request = prepared with
        {
            Requester = actor.Id,
            RequesterName = actor.Person.DisplayName,
            Assurance = Words.English.Assurance(actor.Assurance.Method, actor.Via.Channel),
            OpenedAt = now,
            UpdatedAt = now,
        };
        var commit = new Commit().Add(new ApprovalSaved(pressed)).Audit(AuditEntry.By(
            actor.Person, "report.pressed", approval.Id, prepared.Id, ("about", act.RequestId), ("channel", actor.Via.Channel), ("digest", approval.Digest)));
        if (request.Plan!.Steps.Count == 0)
        {
            request = await EndAsync(commit, request, problem: null, [], cancellationToken);
        }
        else
        {
            request = request with { Status = RequestStatus.Approved, Version = request.Version + 1, Fence = request.Fence + 1, LeaseUntil = null };
            commit.Add(new RequestSaved(request));
            await handOffs.AlertAsync(commit, Words.English.ReportedToSecurity(request.RequesterName, act.Title, act.OwnerName), actor.Id, cancellationToken);
        }

        posts.Update(commit, request, [pressed], []);
        return new(commit, new(DecidedKind.Reported, Words.English.Reported));
    }

    /// <summary>Gives a report to security with what came of it, and tells the owner what happens next.</summary>
    /// <returns>The request as the commit leaves it.</returns>
    public async Task<ServiceRequest> EndAsync(
        Commit commit, ServiceRequest request, Problem? problem, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var act = request.Report!;
        var blocked = steps.Any(s => s is { Operation: "account.block", Status: StepStatus.Succeeded });
        request = await handOffs.ReportedAsync(
            commit,
            request with { Problem = problem, HandOffReason = problem?.Detail ?? (blocked ? "Reported as not wanted; the account is blocked." : "Reported as not wanted.") },
            Words.English.ReportEndedForSecurity(request.RequesterName, act.Title, act.OwnerName, blocked ? null : problem, nothingOffered: !blocked),
            steps,
            cancellationToken);
        var by = request.Requester == act.Owner ? null : request.RequesterName;
        foreach (var (place, words) in await messages.PlacesAsync(act.Owner, request.Conversation, cancellationToken))
            commit.Add(new MessageQueued(new(Id.New(time), place, new(words.ReportEnded(act.Title, request.Number, blocked, by)), time.GetUtcNow())));
        return request;
    }
}
