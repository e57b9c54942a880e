using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.HandOffs;

/// <summary>Puts the card of a hand-off where those who may take it work, keeps every copy the same, and tells the two sides of each other.</summary>
public sealed class HandOffPosts(
    IRequestStore requests, IApprovalStore approvals, IPersonDirectory people, Reach reach, RequestCards requestCards, HandOffCards cards, ApprovalPolicy policy, TimeProvider time)
{
    /// <summary>Adds the hand-off and its cards to the commit; returns it with the places of the cards.</summary>
    public async Task<HandOffCase> OpenAsync(
        Commit commit, ServiceRequest request, HandOffCase handOff, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        handOff = handOff with { PostedTo = await PlacesAsync(handOff, cancellationToken) };
        var card = cards.ForGroup(request, handOff, steps);
        foreach (var place in handOff.PostedTo)
            Queue(commit, place, new(handOff.Heading) { Card = card }, handOff, isUpdate: false);
        commit.Add(new HandOffSaved(handOff));
        return handOff;
    }

    /// <summary>Adds the hand-off to the commit, with every copy of its card, the requester's own among them; its ticket is to follow.</summary>
    public async Task<HandOffCase> SaveAsync(Commit commit, ServiceRequest request, HandOffCase handOff, CancellationToken cancellationToken)
    {
        handOff = handOff with { Ticket = handOff.Ticket?.DueAt(time.GetUtcNow()) };
        commit.Add(new HandOffSaved(handOff));
        var steps = await StepsAsync(request, cancellationToken);
        var card = cards.ForGroup(request, handOff, steps);
        foreach (var place in handOff.PostedTo)
            Queue(commit, place, new(handOff.TextAt(place)) { Card = card }, handOff, isUpdate: true);
        if (request.Group is { } group)
        {
            commit.Add(new MessageQueued(new(Id.New(time), request.Conversation, new(""), time.GetUtcNow()) { Topic = CardTopics.Group(group.Id), IsUpdate = true, IsLive = true }));
        }
        else if (request.Report is null)
        {
            var own = requestCards.ForRequester(request, await approvals.ForRequestAsync(request.Id, cancellationToken), steps);
            var shown = own with { StateText = handOff.IsOver ? own.StateText : Words.English.HandOffState(handOff), Facts = [.. own.Facts, .. HandOffCards.Standing(handOff)] };
            commit.Add(new MessageQueued(new(Id.New(time), request.Conversation, new("") { Card = shown }, time.GetUtcNow()) { Topic = CardTopics.Request(request.Id), IsUpdate = true }));
        }

        return handOff;
    }

    /// <summary>
    /// Tells whoever has it, where they took it. The card comes along below the words, so that the answer is one press away; of the earlier copy there the words and the title stay.
    /// </summary>
    public async Task<HandOffCase> TellHolderAsync(Commit commit, ServiceRequest request, HandOffCase handOff, string text, CancellationToken cancellationToken)
    {
        var card = cards.ForGroup(request, handOff, await StepsAsync(request, cancellationToken));
        foreach (var place in await OfHolderAsync(handOff.Holder, cancellationToken))
        {
            if (handOff.PostedTo.Contains(place))
                Queue(commit, place, new(handOff.TextAt(place)) { Card = new(card.Title, card.State) { StateText = card.StateText, RequestNumber = card.RequestNumber } }, handOff, isUpdate: true);
            else
                handOff = handOff with { PostedTo = [.. handOff.PostedTo, place] };
            handOff = handOff with { Above = new Dictionary<string, string>(handOff.Above) { [place.ToString()] = text } };
            Queue(commit, place, new(text) { Card = card }, handOff, isUpdate: false);
        }

        commit.Add(new HandOffSaved(handOff));
        return handOff;
    }

    /// <summary>A few words to somebody who had it.</summary>
    public async Task TellAsync(Commit commit, HandOffHolder? holder, string text, CancellationToken cancellationToken)
    {
        foreach (var place in await OfHolderAsync(holder, cancellationToken))
            commit.Add(new MessageQueued(new(Id.New(time), place, new(text), time.GetUtcNow())));
    }

    /// <summary>
    /// Brings news to the requester through the conversation that the request began in. What was reported began in nobody's: the words go wherever the person can be reached.
    /// </summary>
    public async Task TellRequesterAsync(
        Commit commit, ServiceRequest request, HandOffCase handOff, RequestEvent happened, HandOffMessage? message, string words, CancellationToken cancellationToken)
    {
        if (request.Report is null)
        {
            var id = $"{handOff.Id}:{happened}:{handOff.Version}" + (message is null ? "" : $":{message.Ordinal}");
            commit.Add(new TurnAccepted(new RequestTurn(id, request.Conversation, time.GetUtcNow(), request.Id, happened) { Message = message?.Ordinal }));
            return;
        }

        foreach (var place in await reach.OfAsync(request.Requester, cancellationToken))
            commit.Add(new MessageQueued(new(Id.New(time), place, new(words), time.GetUtcNow())));
    }

    /// <summary>
    /// Where approvers look together, and directly where a channel has no such place. What is for security is for its members alone, and nobody is handed their own.
    /// </summary>
    private async Task<IReadOnlyList<ConversationId>> PlacesAsync(HandOffCase handOff, CancellationToken cancellationToken)
    {
        var places = handOff.Group == policy.SecurityGroup && handOff.Group != policy.HandOffGroup ? [] : reach.OfApprovers().ToList();
        var together = places.Select(p => p.Channel).ToHashSet(StringComparer.Ordinal);
        foreach (var person in await people.MembersOfAsync(handOff.Group, cancellationToken))
        {
            if (person.Id != handOff.Requester)
                places.AddRange((await reach.OfAsync(person.Id, cancellationToken)).Where(p => !together.Contains(p.Channel)));
        }

        return [.. places.Distinct()];
    }

    private async Task<IReadOnlyList<ConversationId>> OfHolderAsync(HandOffHolder? holder, CancellationToken cancellationToken)
    {
        if (holder?.Person is not { } person)
            return [];
        var places = await reach.OfAsync(person, cancellationToken);
        return places.Where(p => p.Channel == holder.Channel).ToList() is { Count: > 0 } there ? there : places;
    }

    private async Task<IReadOnlyList<StepRecord>> StepsAsync(ServiceRequest request, CancellationToken cancellationToken) => await requests.StepsAsync(request.Id, cancellationToken);

    private void Queue(Commit commit, ConversationId place, Reply reply, HandOffCase handOff, bool isUpdate) =>
        commit.Add(new MessageQueued(new(Id.New(time), place, reply, time.GetUtcNow()) { Topic = "handoff:" + handOff.Id, IsUpdate = isUpdate }));
}
