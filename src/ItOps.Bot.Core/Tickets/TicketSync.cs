using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Requests;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Tickets;

/// <summary>
/// Keeps a hand-off and its ticket the same, one move at a time. A system that is away never holds the hand-off up: the move is tried again, later each time. What is
/// to be done is told by what is stored, and how far it came is stored after it; a move that a crash cut is made again, and the adapter sees that it is there.
/// </summary>
public sealed class TicketSync(
    IHandOffStore handOffs,
    IRequestStore requests,
    HandOffMoves moves,
    HandOffPosts posts,
    TicketTexts texts,
    IEnumerable<ITicketDesk> desks,
    Committer committer,
    TimeProvider time,
    ILogger<TicketSync> log)
{
    private const int AttemptLimit = 100;

    /// <summary>Longer than any move takes, so that no two processes make the same one.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    // The first wait is longer than a ticket system's search takes to know of a ticket that was just made.
    private static readonly TimeSpan[] s_backoff = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)];

    private readonly ITicketDesk? _desk = desks.FirstOrDefault();

    public bool IsConnected => _desk is not null;

    /// <summary>Makes the move that is due for one hand-off; nothing when none is.</summary>
    public async Task TickAsync(string handOffId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_desk is null || await handOffs.FindAsync(handOffId, cancellationToken) is not { Ticket: { } ticket } handOff
            || ticket.System != _desk.Name || ticket.NextAt is not { } next || next > now || ticket.LeaseUntil > now
            || await requests.FindAsync(handOff.RequestId, cancellationToken) is not { } request)
        {
            return;
        }

        try
        {
            if (ticket.Key is null || Unsent(handOff) is not null || WantsResolved(handOff) != ticket.IsResolvedThere)
            {
                if (await LeaseAsync(handOff, ticket, now + Lease, cancellationToken))
                    await WriteAsync(_desk, request, handOff, ticket, cancellationToken);
            }
            else
            {
                var news = await _desk.ReadAsync(ticket.Key, ticket.Cursor, cancellationToken);
                await StoreAsync(handOffId, (commit, about, current) => TakeInAsync(commit, about, current, news, cancellationToken), cancellationToken);
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            log.LogWarning(e, "The ticket of {Number} could not be looked after; it is tried again", handOff.Number);
            await StoreAsync(handOffId, (commit, _, current) => Task.FromResult(Postponed(commit, current)), cancellationToken);
        }
    }

    private async Task WriteAsync(ITicketDesk desk, ServiceRequest request, HandOffCase handOff, Ticket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Key is not { } key)
        {
            var opened = await desk.OpenAsync(texts.Draft(request, handOff, await requests.StepsAsync(request.Id, cancellationToken)), cancellationToken);
            await StoreAsync(handOff.Id, (commit, about, current) => OpenedAsync(commit, about, current, opened, cancellationToken), cancellationToken);
        }
        else if (Unsent(handOff) is { } message)
        {
            await desk.CommentAsync(key, TicketTexts.Comment(handOff, message), cancellationToken);
            await StoreAsync(handOff.Id, (_, _, current) => Task.FromResult(With(current, t => t with { MessagesThere = message.Ordinal })), cancellationToken);
        }
        else
        {
            var resolved = WantsResolved(handOff);
            await desk.SetResolvedAsync(key, resolved, TicketTexts.Note(handOff, resolved), cancellationToken);
            await StoreAsync(handOff.Id, (_, _, current) => Task.FromResult(With(current, t => t with { IsResolvedThere = resolved })), cancellationToken);
        }
    }

    private async Task<HandOffCase> OpenedAsync(Commit commit, ServiceRequest request, HandOffCase handOff, TicketOpened opened, CancellationToken cancellationToken)
    {
        handOff = With(handOff, t => t with { Key = opened.Key, Number = opened.Number }) with { Version = handOff.Version + 1 };
        commit.Audit(AuditEntry.ByBot("ticket.created", handOff.Id, request.Id, ("ticket", opened.Number)));
        handOff = await posts.SaveAsync(commit, request, handOff, cancellationToken);
        await posts.TellRequesterAsync(commit, request, handOff, RequestEvent.Ticketed, null, Replies.Words.English.HasTicket(handOff.Number, opened.Number), cancellationToken);
        return handOff;
    }

    /// <summary>What happened in the ticket happens to the hand-off, once: the commit expects what was read, and leaves the place of the next reading.</summary>
    private async Task<HandOffCase> TakeInAsync(Commit commit, ServiceRequest request, HandOffCase handOff, TicketNews news, CancellationToken cancellationToken)
    {
        // Somebody moved on while it was read: what was read is read again from the same place.
        if (handOff.Ticket is not { } ticket || Unsent(handOff) is not null || WantsResolved(handOff) != ticket.IsResolvedThere)
            return handOff;
        if (!handOff.IsOver && handOff.Holder is null && news.Assignee is { } assignee)
            handOff = await moves.ClaimAsync(commit, request, handOff, InTicket(assignee), cancellationToken);
        var said = news.Comments.Select(c => new HandOffMessage(false, c.Author, Turns.MessageText.Cut(Turns.MessageText.Clean(c.Text), HandOffMessage.Longest), c.At) { FromTicket = true })
            .Where(m => m.Text.Length > 0).ToList();
        if (said.Count > 0)
            handOff = await moves.ReplyAsync(commit, request, handOff, InTicket(said[0].Name), said, cancellationToken);
        if (news.IsResolved && !ticket.IsResolvedThere)
            handOff = await moves.ResolveAsync(commit, request, handOff, InTicket(news.Assignee ?? ticket.System), note: null, cancellationToken);
        else if (!news.IsResolved && ticket.IsResolvedThere && handOff.Status == HandOffStatus.Resolved)
            handOff = await ReopenedThereAsync(commit, request, handOff, cancellationToken);
        return With(handOff, t => t with
        {
            Cursor = news.Cursor,
            MessagesThere = handOff.Messages.Count,
            IsResolvedThere = handOff.IsOver ? t.IsResolvedThere : news.IsResolved,
        });
    }

    private async Task<HandOffCase> ReopenedThereAsync(Commit commit, ServiceRequest request, HandOffCase handOff, CancellationToken cancellationToken)
    {
        commit.Audit(AuditEntry.ByBot("handoff.reopened", handOff.Id, request.Id, ("channel", "ticket")));
        return await posts.SaveAsync(commit, request, handOff with { Version = handOff.Version + 1, Status = HandOffStatus.Claimed, End = null }, cancellationToken);
    }

    private HandOffCase Postponed(Commit commit, HandOffCase handOff)
    {
        var failures = handOff.Ticket!.Failures;
        if (failures == 0)
            commit.Audit(AuditEntry.ByBot("ticket.unreachable", handOff.Id, handOff.RequestId, ("ticket", handOff.Ticket.Number ?? "")));
        return handOff with { Ticket = handOff.Ticket with { Failures = failures + 1, NextAt = time.GetUtcNow() + s_backoff[Math.Min(failures, s_backoff.Length - 1)] } };
    }

    private async Task<bool> LeaseAsync(HandOffCase handOff, Ticket ticket, DateTimeOffset until, CancellationToken cancellationToken) =>
        await committer.CommitAsync(new Commit().Add(new TicketNoted(handOff with { Version = handOff.Version + 1, Ticket = ticket with { LeaseUntil = until } })), cancellationToken) == CommitOutcome.Committed;

    /// <summary>Stores what came of a move on top of whatever people did meanwhile.</summary>
    private async Task StoreAsync(string id, Func<Commit, ServiceRequest, HandOffCase, Task<HandOffCase>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= AttemptLimit; attempt++)
        {
            if (await handOffs.FindAsync(id, cancellationToken) is not { } before || await requests.FindAsync(before.RequestId, cancellationToken) is not { } request)
                return;
            var commit = new Commit();
            var after = await change(commit, request, before);
            var ticket = after.Ticket! with { LeaseUntil = null };
            var failed = ticket.Failures > before.Ticket!.Failures;
            after = after with { Ticket = failed ? ticket : ticket with { Failures = 0, NextAt = NextFor(after) } };
            if (commit.Changes.OfType<HandOffSaved>().Any())
                commit.Add(new HandOffSaved(after));
            else
                commit.Add(new TicketNoted(after with { Version = before.Version + 1 }));
            if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
                return;
        }

        throw new InvalidOperationException($"The ticket of hand-off {id} conflicted {AttemptLimit} times.");
    }

    /// <summary>At once while something is to be written; then often while people are at it, seldom while the person's word is waited for, and no more once it is over.</summary>
    private DateTimeOffset? NextFor(HandOffCase handOff)
    {
        var now = time.GetUtcNow();
        if (handOff.Ticket!.Key is null || Unsent(handOff) is not null || WantsResolved(handOff) != handOff.Ticket.IsResolvedThere)
            return now;
        var age = now - (handOff.End?.At ?? handOff.OpenedAt);
        return handOff.Status switch
        {
            HandOffStatus.Confirmed => null,
            HandOffStatus.Resolved => age > TimeSpan.FromDays(14) ? null : now + TimeSpan.FromMinutes(15),
            _ => now + (age > TimeSpan.FromDays(1) ? TimeSpan.FromMinutes(5) : TimeSpan.FromMinutes(1)),
        };
    }

    private static HandOffMessage? Unsent(HandOffCase handOff) => handOff.Messages.FirstOrDefault(m => !m.FromTicket && m.Ordinal > handOff.Ticket!.MessagesThere);

    private static bool WantsResolved(HandOffCase handOff) => handOff.Status is HandOffStatus.Resolved or HandOffStatus.Confirmed;

    private static HandOffCase With(HandOffCase handOff, Func<Ticket, Ticket> change) => handOff with { Ticket = change(handOff.Ticket!) };

    private static HandOffActor InTicket(string name) => new(null, name, "ticket");
}
