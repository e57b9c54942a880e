using System.Collections.Concurrent;
using ItOps.Bot.Approvals;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Channels.Slack.Modals;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Home;

/// <summary>
/// Shows people what is theirs to see: their Home tab, their queue, a card's details. Each is read after Slack was answered, and drawn when it is ready.
/// </summary>
internal sealed class SlackDesk(
    IIdentityResolver identities, IRequestStore requests, RequestDesk desk, ApprovalQueue queue, SlackClient client, SlackOptions options, Errands errands, TimeProvider time)
    : ICommitObserver
{
    private const int RequestsShown = 20;

    // Presses in a Home tab whose turn is under way: when it is handled, the tab is drawn anew.
    private readonly ConcurrentDictionary<string, ChannelIdentity> _pressed = new(StringComparer.Ordinal);

    public void ShowHome(ChannelIdentity person) => errands.Post(Key(person), async cancellationToken =>
    {
        var principal = await identities.ResolveAsync(person, cancellationToken);
        var page = principal.Failed
            ? HomePage.Saying(Words.English.NotKnownHere)
            : HomePage.Of(
                await requests.ByRequesterAsync(principal.Value.Id, RequestsShown, cancellationToken), await queue.PendingForAsync(principal.Value, cancellationToken), options.PublicUrl);
        await client.PublishHomeAsync(person.User, page with { Blocks = SlackRenderer.Numbered(page.Blocks, Id.New(time)) }, cancellationToken);
    });

    public void ShowHomeAfter(string turn, ChannelIdentity person) => _pressed[turn] = person;

    /// <summary>The turn was an earlier one's repetition, or was not taken in.</summary>
    public void Forget(string turn) => _pressed.TryRemove(turn, out _);

    public void ShowQueue(ChannelIdentity person, string? responseUrl) => errands.Post(Key(person), async cancellationToken =>
    {
        var principal = await identities.ResolveAsync(person, cancellationToken);
        var message = principal.Failed
            ? SlackRenderer.Plainly(Words.English.NotKnownHere)
            : HomePage.QueueMessage(await queue.PendingForAsync(principal.Value, cancellationToken), options.PublicUrl, Id.New(time));
        await client.RespondAsync(responseUrl ?? "", SlackResponse.Ephemeral(message), cancellationToken);
    });

    public void ShowApproval(ChannelIdentity person, string? trigger, string approval) =>
        ShowDetails(person, trigger, (principal, cancellationToken) => queue.CardForAsync(principal, approval, cancellationToken));

    public void ShowRequest(ChannelIdentity person, string? trigger, string request) => ShowDetails(
        person, trigger, async (principal, cancellationToken) => (await desk.OpenAsync(principal, request, cancellationToken))?.Card);

    public void Open(ChannelIdentity person, string? trigger, View view) =>
        errands.Post(Key(person), cancellationToken => client.OpenViewAsync(trigger ?? "", view, cancellationToken));

    public void Respond(ChannelIdentity person, string? responseUrl, SlackResponse response) =>
        errands.Post(Key(person), cancellationToken => client.RespondAsync(responseUrl ?? "", response, cancellationToken));

    public void Committed(Commit commit)
    {
        if (_pressed.IsEmpty)
            return;
        foreach (var handled in commit.Changes.OfType<TurnHandled>())
        {
            if (_pressed.TryRemove(handled.TurnId, out var person))
                ShowHome(person);
        }
    }

    private void ShowDetails(ChannelIdentity person, string? trigger, Func<Principal, CancellationToken, Task<Card?>> read) => errands.Post(Key(person), async cancellationToken =>
    {
        var principal = await identities.ResolveAsync(person, cancellationToken);
        var card = principal.Failed ? null : await read(principal.Value, cancellationToken);
        var view = card is null ? SlackModals.Saying(Words.English.NotForYou) : SlackModals.ForDetails(card, options.PublicUrl);
        await client.OpenViewAsync(trigger ?? "", view, cancellationToken);
    });

    private static string Key(ChannelIdentity person) => person.ToString();
}
