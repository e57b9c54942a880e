using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Approvals;

/// <summary>Puts the cards of an approval where those who decide will see them, and keeps every copy the same.</summary>
public sealed class ApprovalPosts(Eligibility eligibility, Reach reach, RequestCards cards, TimeProvider time)
{
    /// <summary>Adds the approval and a card for everybody who may decide; returns it with the places it was posted to.</summary>
    public async Task<Approval> OpenAsync(
        Commit commit, ServiceRequest request, Approval approval, string text, IReadOnlyList<StepRecord> steps, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        if (approval.Purpose != ApprovalPurpose.Consent)
        {
            foreach (var person in await eligibility.DecidersAsync(approval, cancellationToken))
                places.AddRange(await reach.OfAsync(person.Id, cancellationToken));
        }

        approval = approval with { PostedTo = [.. places.Distinct()] };
        var card = cards.ForApprover(request, approval, steps);
        foreach (var place in approval.PostedTo)
            commit.Add(new MessageQueued(new(Id.New(time), place, new(text) { Card = card }, time.GetUtcNow()) { Topic = Topic(approval.Id) }));
        commit.Add(new ApprovalSaved(approval));
        return approval;
    }

    /// <summary>Posts to those who came to decide later (an escalation).</summary>
    public async Task<Approval> WidenAsync(
        Commit commit, ServiceRequest request, Approval approval, string text, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        foreach (var person in await eligibility.DecidersAsync(approval, cancellationToken))
            places.AddRange(await reach.OfAsync(person.Id, cancellationToken));
        var added = places.Distinct().Except(approval.PostedTo).ToList();
        var card = cards.ForApprover(request, approval, []);
        foreach (var place in added)
            commit.Add(new MessageQueued(new(Id.New(time), place, new(text) { Card = card }, time.GetUtcNow()) { Topic = Topic(approval.Id) }));
        return approval with { PostedTo = [.. approval.PostedTo, .. added] };
    }

    /// <summary>Redraws every copy of the card.</summary>
    public void Update(Commit commit, ServiceRequest request, Approval approval, IReadOnlyList<StepRecord> steps)
    {
        var card = cards.ForApprover(request, approval, steps);
        foreach (var place in approval.PostedTo)
            commit.Add(new MessageQueued(new(Id.New(time), place, new("") { Card = card }, time.GetUtcNow()) { Topic = Topic(approval.Id), IsUpdate = true }));
    }

    private static string Topic(string approvalId) => "approval:" + approvalId;
}

/// <summary>Where a person can be reached: every channel that can open a conversation by itself, and wherever they wrote before.</summary>
public sealed class Reach(IEnumerable<IChannel> channels, IConversationStore conversations)
{
    private readonly IChannel[] _channels = [.. channels];

    public async Task<IReadOnlyList<ConversationId>> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        foreach (var channel in _channels)
        {
            if (await channel.DirectConversationAsync(person, cancellationToken) is { } direct)
                places.Add(direct);
        }

        var bound = await conversations.BoundToAsync(person, cancellationToken);
        return [.. places.Union(bound.Where(b => _channels.Any(c => c.Name == b.Channel)))];
    }
}
