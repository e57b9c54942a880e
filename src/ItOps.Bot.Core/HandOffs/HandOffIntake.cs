using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Tickets;

namespace ItOps.Bot.HandOffs;

/// <summary>Makes a hand-off of a request, with everything that is known about it. Adds to a commit; stores nothing by itself.</summary>
public sealed class HandOffIntake(
    IHandOffStore handOffs, HandOffPosts posts, IAuditLog audit, RunbookCatalog runbooks, IEnumerable<ITicketDesk> tickets, ApprovalPolicy policy, TimeProvider time)
{
    /// <summary>The same request handed over again is the same hand-off, and nobody has it any more.</summary>
    public async Task OpenAsync(
        Commit commit, ServiceRequest request, string group, string heading, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // What is for security is not put before everybody who reads tickets.
        var desk = group == policy.HandOffGroup ? tickets.FirstOrDefault() : null;
        var before = request.Version > 1 ? await handOffs.ForRequestAsync(request.Id, cancellationToken) : null;
        var handOff = new HandOffCase(before?.Id ?? Id.New(time), request.Id, request.Number, request.Requester, request.RequesterName)
        {
            Version = (before?.Version ?? 0) + 1,
            Group = group,
            Heading = heading,
            OpenedAt = now,
            Messages = before?.Messages ?? [],
            Ticket = before?.Ticket?.DueAt(now) ?? (desk is null ? null : new Ticket(desk.Name) { NextAt = now }),
            Facts = [.. Template(request).Select(line => new CardFact(line.Label, Known(request, steps, line.Name) ?? Words.English.NotKnown))],
            Tried = await TriedAsync(commit, request, cancellationToken),
        };
        await posts.OpenAsync(commit, request, handOff, steps, cancellationToken);
    }

    /// <summary>What the runbook asks to be told to whoever takes over.</summary>
    private IReadOnlyList<TemplateLine> Template(ServiceRequest request) =>
        runbooks.Find(request.RunbookId, request.RunbookVersion)?.Steps.OfType<HandOffStep>().FirstOrDefault()?.Template ?? [];

    private static string? Known(ServiceRequest request, IReadOnlyList<StepRecord> steps, string name) =>
        request.Parameters.GetValueOrDefault(name)?.Display
        ?? request.Facts.GetValueOrDefault(name)
        ?? steps.Select(s => s.Facts.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);

    /// <summary>The answers to the steps of a guide, those of this very commit among them.</summary>
    private async Task<IReadOnlyList<CardFact>> TriedAsync(Commit commit, ServiceRequest request, CancellationToken cancellationToken)
    {
        var stored = request.Version > 1 ? (await audit.ForRequestAsync(request.Id, cancellationToken)).Select(r => r.Entry) : [];
        return
        [
            .. stored.Concat(commit.Changes.OfType<Audited>().Select(a => a.Entry).Where(e => e.RequestId == request.Id))
                .Where(e => e.Action.StartsWith("guide.", StringComparison.Ordinal) && e.Facts.ContainsKey("step"))
                .Select(e => new CardFact(Words.English.Tried(e.Action), e.Facts["step"])),
        ];
    }
}
