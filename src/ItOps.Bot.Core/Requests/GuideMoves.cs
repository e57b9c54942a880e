using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>What a requester's turn does to a request that is worked on together: its steps, pasted texts, and the checks that only read. Everything goes into the turn's commit.</summary>
public sealed class GuideMoves(
    IApprovalStore approvals, RequestDrafts drafts, GroupMoves groups, StepProposals proposals, ApprovalDecisions decisions, RunbookCatalog runbooks, TimeProvider time)
{
    public async Task<DialogTrigger?> PerformAsync(DialogEffect effect, DialogTurn turn, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case OpenGuide guide:
                return await OpenGuideAsync(turn, guide, cancellationToken);
            case NoteStep note:
                NoteStep(turn, note);
                return null;
            case ProposeStep propose:
                return await proposals.ProposeAsync(turn, propose.At, cancellationToken);
            case ReadPaste paste:
                return await ReadPasteAsync(turn, paste, cancellationToken);
            case DecideConsent consent:
                await DecideConsentAsync(turn, consent, cancellationToken);
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "An effect that is no part of a guide.");
        }
    }

    private async Task<DialogTrigger> OpenGuideAsync(DialogTurn turn, OpenGuide guide, CancellationToken cancellationToken)
    {
        if (await drafts.AskedTooOftenAsync(turn, cancellationToken))
            return new Refused(drafts.TooOften, guide.RunbookId, null);
        if (runbooks.Find(guide.RunbookId) is not { } runbook)
            return new Refused(new(ProblemCode.UnknownOperation, $"The runbook '{guide.RunbookId}' is not there any more."), null, null);
        var request = await drafts.NewAsync(turn, runbook.Id, runbook.Title, guide.Text, cancellationToken) with { RunbookVersion = runbook.Version, Parameters = guide.Values };
        // What a person does themselves waits for nothing: they see when it makes sense.
        if (await groups.PlaceAsync(turn, guide.Taking, cancellationToken) is { } place)
            request = request with { Group = place with { After = [] } };
        turn.Commit.Add(new RequestSaved(request)).Audit(AuditEntry.By(
            turn.Actor.Person, "request.opened", request.Id, request.Id, ("number", request.Number), ("title", request.Title), ("assurance", request.Assurance)));
        turn.Memory = turn.Memory with { RunbookId = guide.RunbookId, RequestId = request.Id, Parameters = guide.Values };
        var platform = runbook.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Platform);
        return new GuideOpened(new(request.Id, runbook.Id, Step: 0)
        {
            Version = runbook.Version,
            Platform = platform is null ? null : guide.Values.GetValueOrDefault(platform.Name)?.Value,
        });
    }

    private void NoteStep(DialogTurn turn, NoteStep note)
    {
        var text = runbooks.Find(note.At.RunbookId, note.At.Version)?.Steps.ElementAtOrDefault(note.At.Step) switch
        {
            GuideStep guide => guide.Text,
            PasteStep paste => paste.Text,
            _ => "",
        };
        var action = note.Answer switch
        {
            StepAnswer.Worked => "guide.worked",
            StepAnswer.DidNotWork => "guide.did-not-work",
            _ => "guide.skipped",
        };
        turn.Commit.Audit(AuditEntry.By(turn.Actor.Person, action, $"{note.At.RequestId}#{note.At.Step}", note.At.RequestId, ("step", text)));
    }

    /// <summary>Only what the step's rules recognise is kept: the rest of a pasted text is nobody's business.</summary>
    private async Task<DialogTrigger> ReadPasteAsync(DialogTurn turn, ReadPaste paste, CancellationToken cancellationToken)
    {
        var at = paste.At;
        var steps = runbooks.Find(at.RunbookId, at.Version)?.Steps ?? [];
        var asked = steps.ElementAtOrDefault(at.Step) as PasteStep;
        var rules = asked?.Read ?? [];
        var (findings, facts) = PasteRule.Read(rules, paste.Text);
        var request = await drafts.LoadAsync(turn, at.RequestId, cancellationToken);

        // "I don't know", from somebody who said it at the beginning already.
        if (findings.Count == 0 && asked is { Command: null } && asked == steps.OfType<PasteStep>().First())
            findings = PasteRule.Read(rules, request.Words).Findings;
        var read = request with
        {
            Findings = [.. request.Findings.Concat(findings).DistinctBy(f => f.Id)],
            Facts = new Dictionary<string, string>(request.Facts.Concat(facts.Where(f => !request.Facts.ContainsKey(f.Key)))),
            Version = request.Version + 1,
            UpdatedAt = time.GetUtcNow(),
        };
        turn.Commit.Add(new RequestSaved(read)).Audit(AuditEntry.By(
            turn.Actor.Person, "guide.pasted", $"{at.RequestId}#{at.Step}", at.RequestId, ("found", string.Join(" ", findings.Select(f => f.Text)))));
        turn.Say(turn.Words.ReadInPaste([.. findings.OrderByDescending(f => f.Level).Select(f => f.Text)]));
        return new PasteRead(at with { Findings = [.. at.Findings.Union(findings.Where(f => f.Level != FindingLevel.Fine).Select(f => f.Id))] });
    }

    private async Task DecideConsentAsync(DialogTurn turn, DecideConsent consent, CancellationToken cancellationToken)
    {
        var approval = await approvals.FindAsync(consent.ApprovalId, cancellationToken);
        if (approval is not { Status: ApprovalStatus.Pending } || approval.ExpiresAt <= time.GetUtcNow() || approval.Requester != turn.Actor.Id)
        {
            turn.Say(turn.Words.QuestionIsClosed);
            return;
        }

        if (!consent.Yes)
        {
            turn.Commit.Add(new ApprovalSaved(approval with { Status = ApprovalStatus.Withdrawn, Version = approval.Version + 1 }));
            turn.Commit.Audit(AuditEntry.By(turn.Actor.Person, "consent.declined", approval.Id, approval.RequestId));
            return;
        }

        var request = await drafts.LoadAsync(turn, approval.RequestId, cancellationToken);
        var press = await decisions.DecideAsync(approval, request, [], turn.Actor, Verdict.Approve, null, cancellationToken);
        turn.Commit.Add(press.Commit);
        turn.Say(press.Decided.Kind == DecidedKind.Counted ? turn.Words.Checking : turn.Words.QuestionIsClosed);
    }
}
