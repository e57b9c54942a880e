using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.HandOffs;

/// <summary>Whoever in IT makes a move: a member who pressed, or somebody whom only the ticket system knows.</summary>
/// <param name="Person">None for somebody in the ticket system.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Channel">Where they are.</param>
public sealed record HandOffActor(Person? Person, string Name, string Channel);

/// <summary>
/// What the IT side does to a hand-off, wherever it comes from: one commit with the hand-off, every copy of its card, its audit entry, and the news for the requester.
/// Writes nothing by itself.
/// </summary>
public sealed class HandOffMoves(HandOffPosts posts, TimeProvider time)
{
    /// <summary>Gives it to the actor, and tells the requester and whoever had it.</summary>
    public async Task<HandOffCase> ClaimAsync(Commit commit, ServiceRequest request, HandOffCase handOff, HandOffActor actor, CancellationToken cancellationToken)
    {
        var before = handOff.Holder;
        handOff = Held(commit, handOff, actor) with { Version = handOff.Version + 1 };
        handOff = await posts.SaveAsync(commit, request, handOff, cancellationToken);
        if (before is not null)
            await posts.TellAsync(commit, before, Words.English.TakenOverFromYou(actor.Name, handOff.Number), cancellationToken);
        await posts.TellRequesterAsync(commit, request, handOff, RequestEvent.Claimed, null, Words.English.HasIt(actor.Name, handOff.Number), cancellationToken);
        return handOff;
    }

    /// <summary>Passes the words on to the requester. Who answers what nobody has, has it.</summary>
    public async Task<HandOffCase> ReplyAsync(
        Commit commit, ServiceRequest request, HandOffCase handOff, HandOffActor actor, IReadOnlyList<HandOffMessage> messages, CancellationToken cancellationToken)
    {
        handOff = (handOff.Holder is null ? Held(commit, handOff, actor) : handOff) with { Version = handOff.Version + 1 };
        foreach (var message in messages)
        {
            handOff = handOff.With(message);
            commit.Audit(Entry(actor, "handoff.replied", handOff, ("message", $"{handOff.Messages.Count}")));
        }

        handOff = await posts.SaveAsync(commit, request, handOff, cancellationToken);
        foreach (var message in handOff.Messages.TakeLast(messages.Count))
            await posts.TellRequesterAsync(commit, request, handOff, RequestEvent.Replied, message, Words.English.FromIt(message.Name, message.Text), cancellationToken);
        return handOff;
    }

    /// <summary>IT calls it solved; the requester is asked whether it is.</summary>
    public async Task<HandOffCase> ResolveAsync(
        Commit commit, ServiceRequest request, HandOffCase handOff, HandOffActor actor, string? note, CancellationToken cancellationToken)
    {
        handOff = (handOff.Holder is null ? Held(commit, handOff, actor) : handOff) with
        {
            Version = handOff.Version + 1,
            Status = HandOffStatus.Resolved,
            End = new(actor.Name, time.GetUtcNow(), note),
        };
        commit.Audit(Entry(actor, "handoff.resolved", handOff));
        handOff = await posts.SaveAsync(commit, request, handOff, cancellationToken);
        await posts.TellRequesterAsync(commit, request, handOff, RequestEvent.ResolvedByIt, null, Words.English.ResolvedByIt(actor.Name, note), cancellationToken);
        return handOff;
    }

    private HandOffCase Held(Commit commit, HandOffCase handOff, HandOffActor actor)
    {
        commit.Audit(handOff.Holder is { } before
            ? Entry(actor, "handoff.taken-over", handOff, ("from", before.Name))
            : Entry(actor, "handoff.claimed", handOff));
        return handOff with
        {
            Status = handOff.Status == HandOffStatus.Open ? HandOffStatus.Claimed : handOff.Status,
            Holder = new(actor.Person?.Id, actor.Name, time.GetUtcNow(), actor.Channel),
        };
    }

    private static AuditEntry Entry(HandOffActor actor, string action, HandOffCase handOff, params IReadOnlyList<(string, string)> facts) => actor.Person is { } person
        ? AuditEntry.By(person, action, handOff.Id, handOff.RequestId, [("channel", actor.Channel), .. facts])
        : AuditEntry.ByBot(action, handOff.Id, handOff.RequestId, [("channel", actor.Channel), ("name", actor.Name), .. facts]);
}
