using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Secrets;

/// <summary>The question whether it was the recipient who opened their link, wherever the link was sent to, and what became of it.</summary>
public sealed class PickupPosts(Reach reach, IConversationStore conversations, TimeProvider time)
{
    /// <summary>Where it is asked: where the link was sent to.</summary>
    public async Task<IReadOnlyList<ConversationId>> PlacesAsync(OneTimeSecret secret, CancellationToken cancellationToken) =>
        secret.SentTo.Count > 0 ? secret.SentTo : await reach.OfAsync(secret.Recipient, cancellationToken);

    public Task AskAsync(Commit commit, Pickup pickup, CancellationToken cancellationToken) =>
        QueueAsync(commit, pickup, isUpdate: false, w => w.WasItYou(pickup.Number), cancellationToken);

    public Task UpdateAsync(Commit commit, Pickup pickup, CancellationToken cancellationToken) =>
        QueueAsync(commit, pickup, isUpdate: true, _ => "", cancellationToken);

    public static Card CardOf(Pickup pickup, Words w)
    {
        var open = pickup.Status == PickupStatus.Asked;
        return new(w.LinkWasOpened, pickup.Status switch
        {
            PickupStatus.Asked => CardState.Waiting,
            PickupStatus.Confirmed or PickupStatus.Shown => CardState.Succeeded,
            PickupStatus.Denied => CardState.HandedOff,
            _ => CardState.Expired,
        })
        {
            StateText = w.PickupState(pickup.Status),
            Facts = [new(w.NumberOnThePage, pickup.Number)],
            ApprovalId = open ? pickup.Id : null,
            ExpiresAt = open ? pickup.ExpiresAt : null,
            Buttons = open ? [new(CardAction.ShowIt, w.ShowIt), new(CardAction.NotMe, w.ThatWasNotMe)] : [],
        };
    }

    private async Task QueueAsync(Commit commit, Pickup pickup, bool isUpdate, Func<Words, string> text, CancellationToken cancellationToken)
    {
        foreach (var place in pickup.AskedIn)
        {
            var words = await conversations.LoadAsync(place, cancellationToken) is { Version: > 0, Memory.Language: var language } ? Words.For(language) : Words.English;
            commit.Add(new MessageQueued(new(Id.New(time), place, new(text(words)) { Card = CardOf(pickup, words) }, time.GetUtcNow()) { Topic = "pickup:" + pickup.Id, IsUpdate = isUpdate }));
        }
    }
}
