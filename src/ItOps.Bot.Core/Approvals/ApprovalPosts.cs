using ItOps.Bot.Assurance;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Approvals;

/// <summary>Puts the cards of an approval where those who decide will see them, and keeps every copy the same.</summary>
public sealed class ApprovalPosts(Eligibility eligibility, Reach reach, ApprovalBundles bundles, RequestCards cards, TimeProvider time)
{
    /// <summary>
    /// Adds the approval and a card for everybody who may decide; returns it with the places it was posted to. <paramref name="text"/> stands above the card
    /// instead of the usual words for its purpose.
    /// </summary>
    public async Task<Approval> OpenAsync(
        Commit commit, ServiceRequest request, Approval approval, string? text, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        approval = approval with { PostedTo = await PlacesAsync(approval, cancellationToken) };
        if (text is null)
            approval = approval with { Bundle = await bundles.ForAsync(commit, request, approval, cancellationToken) };
        Post(commit, request, approval, approval.PostedTo, text ?? TextAbove(request, approval), steps);
        commit.Add(new ApprovalSaved(approval));
        return approval;
    }

    /// <summary>Those who may decide, in words for the requester: people by name, groups as IT.</summary>
    public async Task<string> WhoAsync(Approval approval, CancellationToken cancellationToken) => approval.People.Count == 0
        ? Words.English.It
        : string.Join(" or ", (await eligibility.DecidersAsync(approval, cancellationToken)).Select(p => p.DisplayName).Order(StringComparer.Ordinal));

    /// <summary>Posts to those who came to decide later (an escalation).</summary>
    public async Task<Approval> WidenAsync(
        Commit commit, ServiceRequest request, Approval approval, CancellationToken cancellationToken)
    {
        var added = (await PlacesAsync(approval, cancellationToken)).Except(approval.PostedTo).ToList();
        Post(commit, request, approval, added, TextAbove(request, approval), []);
        return approval with { PostedTo = [.. approval.PostedTo, .. added] };
    }

    /// <summary>Redraws every copy of the request's card, for those who decide and for the one who asked.</summary>
    public void Update(Commit commit, ServiceRequest request, IReadOnlyList<Approval> approvals, IReadOnlyList<StepRecord> steps)
    {
        foreach (var approval in approvals)
        {
            if (approval.Bundle is { } bundle)
            {
                foreach (var place in approval.PostedTo)
                    QueueLive(commit, place, CardTopics.Bundle(bundle), isUpdate: true);
                continue;
            }

            var text = approval.Status == ApprovalStatus.Pending ? TextAbove(request, approval) : "";
            var reply = new Reply(text) { Card = cards.ForApprover(request, approval, steps) };
            foreach (var place in approval.PostedTo)
                Queue(commit, place, reply, CardTopics.Approval(approval.Id), isUpdate: true);
        }

        // What was kept ready for a report began in nobody's conversation.
        if (request.Report is null)
            ToRequester(commit, request, approvals, steps, isUpdate: true);
    }

    /// <summary>One copy of an approval's card, in the words of the one who reads it there; later it is redrawn with all others.</summary>
    public void Post(Commit commit, ConversationId place, Reply reply, string approvalId) => Queue(commit, place, reply, CardTopics.Approval(approvalId), isUpdate: false);

    /// <summary>The requester's own copy of the card; one for all that the same message asked for.</summary>
    public void PostToRequester(Commit commit, ServiceRequest request, IReadOnlyList<Approval> approvals) => ToRequester(commit, request, approvals, [], isUpdate: false);

    private void ToRequester(Commit commit, ServiceRequest request, IReadOnlyList<Approval> approvals, IReadOnlyList<StepRecord> steps, bool isUpdate)
    {
        if (request.Group is { } group)
            QueueLive(commit, request.Conversation, CardTopics.Group(group.Id), isUpdate);
        else
            Queue(commit, request.Conversation, new("") { Card = cards.ForRequester(request, approvals, steps) }, CardTopics.Request(request.Id), isUpdate);
    }

    private void Post(
        Commit commit, ServiceRequest request, Approval approval, IReadOnlyList<ConversationId> places, string text, IReadOnlyList<StepRecord> steps)
    {
        var card = approval.Bundle is null ? cards.ForApprover(request, approval, steps) : null;
        foreach (var place in places)
        {
            if (approval.Bundle is { } bundle)
                QueueLive(commit, place, CardTopics.Bundle(bundle), isUpdate: false);
            else
                Queue(commit, place, new(text) { Card = card }, CardTopics.Approval(approval.Id), isUpdate: false);
        }
    }

    /// <summary>A consent is the requester's own and goes nowhere; what named people decide is shown to them alone.</summary>
    private async Task<IReadOnlyList<ConversationId>> PlacesAsync(Approval approval, CancellationToken cancellationToken)
    {
        if (approval.Purpose == ApprovalPurpose.Consent)
            return [];
        var places = new List<ConversationId>();
        foreach (var person in await eligibility.DecidersAsync(approval, cancellationToken))
            places.AddRange(await reach.OfAsync(person.Id, cancellationToken));
        if (approval.Groups.Count > 0)
            places.AddRange(reach.OfApprovers());
        return [.. places.Distinct()];
    }

    private static string TextAbove(ServiceRequest request, Approval approval) => approval.Purpose switch
    {
        ApprovalPurpose.Attestation when approval.Proves == Proof.InPerson => Words.English.PleaseCheckInPerson(request.RequesterName),
        ApprovalPurpose.Attestation when approval.Proves == Proof.Manager => Words.English.PleaseVouch(request.RequesterName),
        ApprovalPurpose.Attestation => Words.English.PleaseAttest(request.RequesterName),
        ApprovalPurpose.Outcome => Words.English.WhatHappened,
        _ => Words.English.PleaseDecide(request.RequesterName),
    };

    private void Queue(Commit commit, ConversationId place, Reply reply, string topic, bool isUpdate) =>
        commit.Add(new MessageQueued(new(Id.New(time), place, reply, time.GetUtcNow()) { Topic = topic, IsUpdate = isUpdate }));

    /// <summary>Once in a commit is enough: what is shown is drawn when it is sent.</summary>
    private void QueueLive(Commit commit, ConversationId place, string topic, bool isUpdate)
    {
        if (!commit.Changes.Any(c => c is MessageQueued { Message: { IsLive: true } queued } && queued.Topic == topic && queued.To == place && (isUpdate || !queued.IsUpdate)))
            commit.Add(new MessageQueued(new(Id.New(time), place, new(""), time.GetUtcNow()) { Topic = topic, IsUpdate = isUpdate, IsLive = true }));
    }
}

/// <summary>Where people can be reached: in every channel that can open a conversation with them, and where those who decide look together.</summary>
public sealed class Reach(IEnumerable<IChannel> channels)
{
    private readonly IChannel[] _channels = [.. channels];

    /// <summary>Where the person can answer.</summary>
    public Task<IReadOnlyList<ConversationId>> OfAsync(PersonId person, CancellationToken cancellationToken) =>
        PlacesAsync(person, _channels.Where(c => c.TakesAnswers), cancellationToken);

    /// <summary>Every registered route to the person, those that only tell included.</summary>
    public Task<IReadOnlyList<ConversationId>> AllOfAsync(PersonId person, CancellationToken cancellationToken) => PlacesAsync(person, _channels, cancellationToken);

    private static async Task<IReadOnlyList<ConversationId>> PlacesAsync(PersonId person, IEnumerable<IChannel> channels, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        foreach (var channel in channels)
        {
            if (await channel.DirectConversationAsync(person, cancellationToken) is { } direct)
                places.Add(direct);
        }

        return places;
    }

    /// <summary>Whether people can press a button there.</summary>
    public bool TakesAnswers(ConversationId place) => _channels.Any(c => c.Name == place.Channel && c.TakesAnswers);

    /// <summary>The places where all approvers see what a group may decide.</summary>
    public IReadOnlyList<ConversationId> OfApprovers() => [.. _channels.Select(c => c.ApproversPlace).OfType<ConversationId>()];
}
