using ItOps.Bot.Approvals;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>Tells a requester, in their conversation and in plain words, what became of a request.</summary>
public sealed class RequestNews(IRequestStore requests, IApprovalStore approvals, IHandOffStore handOffs, ApprovalPosts posts, RunbookCatalog runbooks)
{
    private const int FindingLimit = 3;
    private const int StatusLimit = 5;

    /// <summary>The trigger that brings an event of a request into its conversation; none when it is a question that was settled before it could be asked.</summary>
    public async Task<RequestMoved?> TriggerAsync(RequestTurn turn, CancellationToken cancellationToken)
    {
        var moved = new RequestMoved(turn.RequestId, turn.Event) { Question = turn.Question, Message = turn.Message };
        if (turn.Event is not (RequestEvent.Diagnosed or RequestEvent.NotDiagnosed or RequestEvent.Stranded) || await requests.FindAsync(turn.RequestId, cancellationToken) is not { } request)
            return moved;
        if (turn.Event == RequestEvent.Stranded)
            return request is { Status: RequestStatus.AwaitingApproval or RequestStatus.Approved, Group.IsAsking: true } ? moved : null;
        var findings = request.Findings.Concat((await requests.StepsAsync(request.Id, cancellationToken)).SelectMany(s => s.Findings));
        var platform = runbooks.Find(request.RunbookId, request.RunbookVersion)?.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Platform);
        return moved with
        {
            At = new(request.Id, request.RunbookId, request.GuideStep)
            {
                Version = request.RunbookVersion,
                Platform = platform is null ? null : request.Parameters.GetValueOrDefault(platform.Name)?.Value,
                Findings = [.. findings.Where(f => f.Level != FindingLevel.Fine).Select(f => f.Id).Distinct()],
            },
        };
    }

    public async Task TellAsync(DialogTurn turn, TellNews news, CancellationToken cancellationToken)
    {
        if (await requests.FindAsync(news.RequestId, cancellationToken) is { } request)
            turn.Say(await TextAsync(turn, request, news, cancellationToken), news.Options);
    }

    public async Task TellStatusAsync(DialogTurn turn, CancellationToken cancellationToken)
    {
        var open = (await requests.ByRequesterAsync(turn.Actor.Id, 20, cancellationToken))
            .Where(r => r.IsOpen || r is { Status: RequestStatus.HandedOff, Helped: not true })
            .Take(StatusLimit);
        var lines = new List<string>();
        foreach (var request in open)
            lines.Add(turn.Words.StatusLine(request.Number, Placed(request, turn.Words), await StateAsync(request, turn.Words, cancellationToken)));
        lines.AddRange(turn.Waiting.Select(w => turn.Words.StillToCome(w.Text)));
        turn.Say(lines.Count == 0 ? turn.Words.NoRequests : turn.Words.YourRequests(lines));
    }

    /// <summary>The state, and who has it while somebody is to decide.</summary>
    private async Task<string> StateAsync(ServiceRequest request, Words words, CancellationToken cancellationToken)
    {
        if (request.Status == RequestStatus.HandedOff && await handOffs.ForRequestAsync(request.Id, cancellationToken) is { } handOff)
            return words.WithWhom(handOff);
        if (request is { Group.IsAsking: true })
            return words.WaitsForYourWord;
        if (request is { Status: RequestStatus.Approved, Group: { IsHeld: true } group })
            return words.ApprovedAndWaits(string.Join(", ", group.Open.Select(p => p.Number)));
        var asked = request.Status == RequestStatus.AwaitingApproval
            ? (await approvals.ForRequestAsync(request.Id, cancellationToken)).FirstOrDefault(a => a.Status == ApprovalStatus.Pending)
            : null;
        return asked is null ? words.State(request.Status) : words.WaitingFor(await posts.WhoAsync(asked, cancellationToken));
    }

    private static string Placed(ServiceRequest request, Words words) =>
        request.Group is { Of: > 1 } group ? $"{request.Title} ({words.PartOf(group.Number, group.Of)})" : request.Title;

    private async Task<string> TextAsync(DialogTurn turn, ServiceRequest request, TellNews news, CancellationToken cancellationToken)
    {
        var words = turn.Words;
        switch (news.Event)
        {
            case RequestEvent.Succeeded:
                var looked = (await StepsAsync(request, cancellationToken)).All(s => s.VerifiedText is not null);
                return words.DidThatHelp(looked ? Done(request, turn.Memory.Language) ?? words.DoneAndVerified(request.Title) : words.DoneNotVerified(request.Title));
            case RequestEvent.Diagnosed:
                var findings = await FindingsAsync(request, cancellationToken);
                return words.WhatIFound([.. findings.OrderByDescending(f => f.Level).Take(FindingLimit).Select(f => f.Text)]);
            case RequestEvent.NotDiagnosed:
                return words.CheckDidNotRun;
            case RequestEvent.Failed:
                return words.Failed(request.Problem?.Code);
            case RequestEvent.Unknown:
                return words.OutcomeUnknown;
            case RequestEvent.Denied:
                var denial = (await approvals.ForRequestAsync(request.Id, cancellationToken)).SelectMany(a => a.Votes).LastOrDefault(v => v.Verdict == Verdict.Deny);
                return words.Denied(denial?.Name ?? "IT", denial?.Note);
            case RequestEvent.Expired:
                var decided = (await approvals.ForRequestAsync(request.Id, cancellationToken)).Any(a => a.Status == ApprovalStatus.Granted);
                return decided && request is { Group.IsAsking: true } ? words.DidNotGoOn(request.Number) : words.Expired(request.Number);
            case RequestEvent.Escalated:
                return words.StillWaiting(request.Number);
            case RequestEvent.Attested:
                return words.Attested(request.Number);
            case RequestEvent.AskedAgain:
                return words.AskedAgain(request.Number);
            case RequestEvent.Stranded:
                return words.Stranded(request.Number, request.Title, [.. (request.Group?.Open ?? []).Where(p => request.Group!.AskedAbout.Contains(p.Id)).Select(p => p.Number)]);
            case RequestEvent.ToSecurity:
                return words.ToSecurity(request.Number);
            case RequestEvent.Questioned:
                var asked = (await approvals.ForRequestAsync(request.Id, cancellationToken)).SelectMany(a => a.Questions).FirstOrDefault(q => q.Id == news.Question?.QuestionId);
                if (asked is null)
                    return words.StillWaiting(request.Number);
                return news.Options.Count == 0 ? words.Questioned(asked.ByName, asked.Question) : words.QuestionedMeanwhile(asked.ByName, asked.Question, request.Number);
            case RequestEvent.Claimed or RequestEvent.Replied or RequestEvent.ResolvedByIt or RequestEvent.Ticketed:
                return await handOffs.ForRequestAsync(request.Id, cancellationToken) is { } handOff ? OfHandOff(words, handOff, news) : words.HandedOff(request.Number, tried: true);
            default:
                throw new ArgumentOutOfRangeException(nameof(news), news.Event, "An event without words.");
        }
    }

    private static string OfHandOff(Words words, HandOffCase handOff, TellNews news) => news.Event switch
    {
        RequestEvent.Claimed => words.HasIt(handOff.Holder?.Name ?? words.It, handOff.Number),
        RequestEvent.Ticketed => words.HasTicket(handOff.Number, handOff.Ticket?.Number ?? ""),
        RequestEvent.ResolvedByIt => words.DidThatHelp(words.ResolvedByIt(handOff.End?.Name ?? words.It, handOff.End?.Note)),
        _ when handOff.Messages.FirstOrDefault(m => m.Ordinal == news.Message) is { } message => words.FromIt(message.Name, message.Text),
        _ => words.HasIt(handOff.Holder?.Name ?? words.It, handOff.Number),
    };

    /// <summary>A runbook's own words fit what the runbook did; a reversal is told in general ones.</summary>
    private string? Done(ServiceRequest request, string language)
    {
        if (runbooks.Find(request.RunbookId, request.RunbookVersion) is not { Done: { Length: > 0 } done } runbook
            || request.Plan?.Steps.All(s => runbook.Steps.Any(r => r is RunStep run && run.Operation == s.Operation)) != true)
        {
            return null;
        }

        return request.Plan.TargetOwners.All(o => o == request.Requester) ? runbook.DoneIn.GetValueOrDefault(language, done) : null;
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(ServiceRequest request, CancellationToken cancellationToken) =>
        [.. (await StepsAsync(request, cancellationToken)).SelectMany(s => s.Findings)];

    private async Task<IEnumerable<StepRecord>> StepsAsync(ServiceRequest request, CancellationToken cancellationToken) =>
        (await requests.StepsAsync(request.Id, cancellationToken)).Where(s => s.Digest == request.Digest);
}
