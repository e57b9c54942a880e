using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.Notices;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>
/// The ways a run can end: each is one commit with the request, its audit entry, every copy of the card, and the news for the requester.
/// </summary>
public sealed class RunEnds(
    IRequestStore requests,
    IApprovalStore approvals,
    ApprovalDesk desk,
    ApprovalPosts posts,
    HandOffDesk handOffs,
    Deliveries deliveries,
    ReportDesk reports,
    OperationCatalog operations,
    Committer committer,
    TimeProvider time)
{
    public async Task SucceededAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (request.Report is not null)
        {
            await EndReportAsync(request, problem: null, cancellationToken);
            return;
        }

        var onlyRead = PlanValidator.OnlyReads(request.Plan!, operations);
        var ended = Moved(request, onlyRead ? RequestStatus.Draft : RequestStatus.Succeeded);
        var steps = await StepsAsync(request, cancellationToken);
        var commit = Begin(ended, onlyRead ? "request.diagnosed" : "request.succeeded", ("verified", steps.All(s => s.VerifiedText is not null) ? "yes" : "no"))
            .Add(new TurnAccepted(RequestTurn.For(ended, onlyRead ? RequestEvent.Diagnosed : RequestEvent.Succeeded, time)));
        await FinishAsync(commit, ended, steps, cancellationToken);
    }

    public async Task FailedAsync(ServiceRequest request, Problem problem, CancellationToken cancellationToken)
    {
        if (request.Report is not null)
        {
            await EndReportAsync(request, problem, cancellationToken);
            return;
        }

        var steps = await StepsAsync(request, cancellationToken);
        if (request.Plan is { } plan && PlanValidator.OnlyReads(plan, operations))
        {
            await GoOnWithoutAsync(request, problem, steps, cancellationToken);
            return;
        }

        var commit = new Commit().Audit(AuditEntry.ByBot("request.failed", request.Id, request.Id, ("why", problem.ToString())));
        var handedOff = await handOffs.ToHumanAsync(commit, request with { Problem = problem }, "It failed: " + problem.Detail, steps, cancellationToken);
        commit.Add(new TurnAccepted(RequestTurn.For(handedOff, RequestEvent.Failed, time)));

        // A password that was never set is of no use to anybody.
        foreach (var step in steps.Where(s => s is { Secret: not null, Status: StepStatus.Failed }))
            commit.Add(new StepJournaled(step with { Secret = null, Fence = handedOff.Fence }));
        await FinishAsync(commit, handedOff, steps, cancellationToken);
    }

    /// <summary>A look that did not work ends nothing: the guide that it belongs to goes on.</summary>
    private Task GoOnWithoutAsync(ServiceRequest request, Problem problem, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var ended = Moved(request, RequestStatus.Draft);
        var commit = Begin(ended, "request.not-diagnosed", ("why", problem.ToString())).Add(new TurnAccepted(RequestTurn.For(ended, RequestEvent.NotDiagnosed, time)));
        return FinishAsync(commit, ended, steps, cancellationToken);
    }

    /// <summary>Nobody can tell whether a step happened: those who approve are asked.</summary>
    public async Task UnknownAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (request.Report is not null)
        {
            await EndReportAsync(request, new(ProblemCode.OutcomeUnknown, "Interrupted in the middle of a step; nobody can tell whether it happened."), cancellationToken);
            return;
        }

        var steps = await StepsAsync(request, cancellationToken);
        var unknown = Moved(request, RequestStatus.Unknown) with { Problem = new(ProblemCode.OutcomeUnknown, "Interrupted in the middle of a step that cannot be repeated.") };
        var commit = Begin(unknown, "request.unknown").Add(new TurnAccepted(RequestTurn.For(unknown, RequestEvent.Unknown, time)));
        var question = await desk.OutcomeAsync(unknown, cancellationToken);
        if (question.Failed)
        {
            var handedOff = new Commit();
            unknown = await handOffs.ToHumanAsync(handedOff, request with { Problem = unknown.Problem }, question.Problem.Detail, steps, cancellationToken);
            handedOff.Add(new TurnAccepted(RequestTurn.For(unknown, RequestEvent.Failed, time)));
            await FinishAsync(handedOff, unknown, steps, cancellationToken);
            return;
        }

        await posts.OpenAsync(commit, unknown, question.Value, null, steps, cancellationToken);
        await FinishAsync(commit, unknown, steps, cancellationToken);
    }

    /// <summary>The targets are not as they were when people approved, and still allowed: the same plan is put to them again.</summary>
    public async Task AskAgainAsync(ServiceRequest request, int index, Preview now, CancellationToken cancellationToken)
    {
        var steps = await StepsAsync(request, cancellationToken);
        var changed = Moved(request, RequestStatus.AwaitingApproval) with { Previews = [.. request.Previews.Select((p, i) => i == index ? now : p)] };
        var commit = Begin(changed, "request.target-changed").Add(new TurnAccepted(RequestTurn.For(changed, RequestEvent.AskedAgain, time)));
        await AskAsync(commit, changed, steps, cancellationToken);
    }

    /// <summary>The plan must not run: its target became protected, it was tampered with, or its approval is too old.</summary>
    public async Task StopAsync(ServiceRequest request, Problem problem, CancellationToken cancellationToken)
    {
        if (request.Report is not null)
        {
            await EndReportAsync(request, problem, cancellationToken);
            return;
        }

        var steps = await StepsAsync(request, cancellationToken);
        if (problem.Code == ProblemCode.ApprovalExpired)
        {
            var waiting = Moved(request, RequestStatus.AwaitingApproval);
            await AskAsync(
                Begin(waiting, "request.approval-expired").Add(new TurnAccepted(RequestTurn.For(waiting, RequestEvent.AskedAgain, time))), waiting, steps, cancellationToken);
            return;
        }

        if (problem.Code is ProblemCode.SystemUnavailable or ProblemCode.InvalidArguments or ProblemCode.NotOffered or ProblemCode.NoSuchAccount or ProblemCode.NoSuchGroup or ProblemCode.AccountDisabled or ProblemCode.UnknownOperation)
        {
            await FailedAsync(request, problem, cancellationToken);
            return;
        }

        var commit = new Commit().Audit(AuditEntry.ByBot("request.stopped", request.Id, request.Id, ("why", problem.ToString())));
        var stopped = await handOffs.ToSecurityAsync(commit, request, problem, steps, cancellationToken);
        await FinishAsync(commit, stopped, steps, cancellationToken);
    }

    private async Task AskAsync(Commit commit, ServiceRequest request, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var approval = await desk.OpenAsync(request, word: null, cancellationToken);
        if (approval.Failed)
        {
            await FailedAsync(request with { Version = request.Version - 1 }, approval.Problem, cancellationToken);
            return;
        }

        await posts.OpenAsync(commit, request, approval.Value, Words.English.PleaseDecideAgain(request.RequesterName), steps, cancellationToken);
        await FinishAsync(commit, request, steps, cancellationToken);
    }

    /// <summary>Whatever became of it, security has it now, and the owner hears what happens next.</summary>
    private async Task EndReportAsync(ServiceRequest request, Problem? problem, CancellationToken cancellationToken)
    {
        var steps = await StepsAsync(request, cancellationToken);
        var commit = new Commit();
        var handedOff = await reports.EndAsync(commit, request, problem, steps, cancellationToken);
        await FinishAsync(commit, handedOff, steps, cancellationToken);
    }

    private async Task FinishAsync(Commit commit, ServiceRequest request, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var decided = (await approvals.ForRequestAsync(request.Id, cancellationToken)).Where(a => a.Status != ApprovalStatus.Pending).ToList();
        await deliveries.AddAsync(commit, request, decided, steps, cancellationToken);
        posts.Update(commit, request, decided, steps);
        Telemetry.Requests.Add(1, new KeyValuePair<string, object?>("status", request.Status.ToString()));
        if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Conflict)
            throw new InvalidOperationException($"The end of {request.Number} was not stored: the request changed meanwhile, or another runner owns it.");
    }

    private static Commit Begin(ServiceRequest request, string action, params (string Name, string Value)[] facts) =>
        new Commit().Add(new RequestSaved(request)).Audit(AuditEntry.ByBot(action, request.Id, request.Id, facts));

    private ServiceRequest Moved(ServiceRequest request, RequestStatus status) =>
        request with { Status = status, Version = request.Version + 1, UpdatedAt = time.GetUtcNow(), LeaseUntil = null };

    private async Task<IReadOnlyList<StepRecord>> StepsAsync(ServiceRequest request, CancellationToken cancellationToken) =>
        [.. (await requests.StepsAsync(request.Id, cancellationToken)).Where(s => s.Digest == request.Digest)];
}
