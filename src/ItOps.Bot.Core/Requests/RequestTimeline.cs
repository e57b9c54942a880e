using ItOps.Bot.Auditing;
using ItOps.Bot.Execution;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Requests;

/// <summary>A request's story, derived from its audit records and its journal; nothing of it is stored twice.</summary>
public sealed class RequestTimeline(RequestCards cards, RunProgress progress)
{
    /// <summary>In order of time. With <paramref name="exact"/>, with the words that are for approvers.</summary>
    public IReadOnlyList<TimelineEntry> Of(ServiceRequest request, IReadOnlyList<AuditRecord> records, IReadOnlyList<StepRecord> steps, bool exact) =>
    [
        .. records.Select(r => Moment(r, exact)).OfType<TimelineEntry>()
            .Concat(steps.Where(s => s.StartedAt is not null).Select(s => Step(request, s, exact)))
            .OrderBy(e => e.At),
    ];

    private static TimelineEntry? Moment(AuditRecord record, bool exact)
    {
        var facts = record.Entry.Facts;
        (string Text, CardState State)? line = record.Entry.Action switch
        {
            "request.opened" => ("Request opened", CardState.Succeeded),
            "approval.asked" => (Asked(facts.GetValueOrDefault("purpose")), CardState.Waiting),
            "approval.granted" when exact && facts.ContainsKey("hasty") => ("Agreed, too soon to have read it", CardState.Succeeded),
            "approval.granted" => ("Agreed", CardState.Succeeded),
            "approval.counted" => ("Agreed, more are needed", CardState.Waiting),
            "approval.denied" => ("Denied", CardState.Denied),
            "approval.questioned" => ("Asked a question", CardState.Waiting),
            "approval.answered" => ("Answered", CardState.Waiting),
            "approval.refused" => ("Was not allowed to decide", CardState.Denied),
            "approval.reminded" => ("Reminded those who decide", CardState.Waiting),
            "approval.escalated" => ("Asked a second team", CardState.Waiting),
            "approval.expired" => ("Expired", CardState.Expired),
            "check.impossible" => ("The check cannot be run here", CardState.Cancelled),
            "consent.declined" => ("Did not want the check", CardState.Cancelled),
            "guide.worked" => ("Tried, and it worked", CardState.Succeeded),
            "guide.did-not-work" => ("Tried, and it did not work", CardState.Failed),
            "guide.skipped" => ("Could not be tried", CardState.Cancelled),
            "guide.pasted" => ("Pasted a text", CardState.Succeeded),
            "request.diagnosed" => ("Check finished", CardState.Succeeded),
            "request.not-diagnosed" => ("The check did not work; went on without it", CardState.Cancelled),
            "request.succeeded" when facts.GetValueOrDefault("verified") == "no" => ("Done; not verified", CardState.Succeeded),
            "request.succeeded" => ("Done and verified", CardState.Succeeded),
            "request.failed" => ("Failed", CardState.Failed),
            "request.unknown" => ("Outcome unknown", CardState.Unknown),
            "request.stopped" => ("Stopped before running", CardState.Denied),
            "request.target-changed" => ("The target changed; asked again", CardState.Waiting),
            "request.approval-expired" => ("The approval was too old; asked again", CardState.Expired),
            "request.released" => ("What comes first is done", CardState.Succeeded),
            "request.stranded" => ("What was to come first was not done; asked whether to go on", CardState.Waiting),
            "request.went-on" => ("Goes on without it", CardState.Succeeded),
            "request.expired" => ("Nobody said whether to go on", CardState.Expired),
            "request.handed-off" => ("Handed to a person", CardState.HandedOff),
            "handoff.claimed" => ("Took it", CardState.Succeeded),
            "handoff.taken-over" => ("Took it over", CardState.Succeeded),
            "handoff.replied" => ("Wrote to the requester", CardState.Succeeded),
            "handoff.said" => ("Wrote to IT", CardState.Succeeded),
            "handoff.resolved" => ("Called it solved", CardState.Waiting),
            "handoff.reopened" => ("It did not help; reopened", CardState.HandedOff),
            "handoff.refused" when exact => ("Was not allowed to take it", CardState.Denied),
            "ticket.created" => ("Ticket opened", CardState.Succeeded),
            "ticket.unreachable" => ("The ticket system could not be reached; trying again", CardState.Waiting),
            "request.cancelled" => ("Cancelled", CardState.Cancelled),
            "request.resolved" => ("Solved, they say", CardState.Succeeded),
            "report.pressed" => ("Reported as not wanted", CardState.Waiting),
            "secret.delivered" => ("One-time link sent", CardState.Succeeded),
            "secret.read" => ("One-time link opened", CardState.Succeeded),
            "secret.opened" => ("One-time link opened in a browser", CardState.Waiting),
            "secret.confirmed" => ("The recipient knew the number", CardState.Succeeded),
            "secret.denied" => ("It was not the recipient; link voided", CardState.Denied),
            "secret.expired" => ("One-time link expired unread", CardState.Expired),
            _ => null,
        };
        if (line is not { } known)
            return null;
        string[] shown = exact
            ? ["reason", "why", "step", "number", "assurance", "afterSeconds", "found", "from", "name", "ticket", "after"]
            : ["reason", "step", "found", "name", "ticket", "after"];
        return new(
            record.At, known.Text, known.State, record.Entry.ActorName, null,
            [.. shown.Where(name => !string.IsNullOrEmpty(facts.GetValueOrDefault(name))).Select(name => $"{name}: {facts[name]}")]);
    }

    private static string Asked(string? purpose) => purpose switch
    {
        "Attestation" => "Asked for confirmation",
        "Consent" => "Asked whether a check may run",
        "Outcome" => "Asked IT what happened",
        _ => "Asked for approval",
    };

    private TimelineEntry Step(ServiceRequest request, StepRecord step, bool exact)
    {
        var planned = request.Digest == step.Digest ? request.Plan?.Steps.ElementAtOrDefault(step.Index) : null;
        var state = step.Status switch
        {
            StepStatus.Succeeded => CardState.Succeeded,
            StepStatus.Failed => CardState.Failed,
            StepStatus.Unknown => CardState.Unknown,
            _ => CardState.Running,
        };
        var output = new List<string>(step.Status == StepStatus.Started ? progress.Of(step.RequestId, step.Index) : step.Lines);
        output.AddRange(step.Findings.Select(f => f.Text));
        output.AddRange(step.Facts.Select(f => $"{f.Key}: {f.Value}"));
        if (step.VerifiedText is { } verified)
            output.Add("Verified: " + verified);
        if (exact && step.Problem is { } problem)
            output.Add(problem.ToString());
        return new(step.StartedAt!.Value, planned is null ? step.Operation : cards.Describe(planned), state, AuditEntry.Bot, step.EndedAt - step.StartedAt, output);
    }
}
