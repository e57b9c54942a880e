using System.Collections.Concurrent;
using ItOps.Bot.Channels.Slack.Access;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Channels.Slack.Calls;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Slack;

/// <summary>
/// Writes into Slack. A place is "team/user" (the direct conversation, opened when it is first needed), "team/channel", or "team/channel/timestamp" (a thread).
/// </summary>
internal sealed class SlackChannel(SlackOptions options, SlackClient client, SlackRenderer renderer, SlackAccess access, IPersonDirectory people, TimeProvider time) : IChannel
{
    private readonly ConcurrentDictionary<string, string> _direct = new(StringComparer.Ordinal);

    public string Name => SlackTurnTranslator.Channel;

    public ConversationId? ApproversPlace { get; } =
        options.ApproverChannel is { } channel ? new(SlackTurnTranslator.Channel, $"{options.Teams[0]}/{channel}") : null;

    public async Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var place = PlaceOf(delivery.To, delivery.Reply);
        var channel = place.IsPerson ? await DirectAsync(place.Target, cancellationToken) : place.Target;
        var message = renderer.Render(delivery.Reply, delivery.Id);
        var ts = await client.PostAsync(new(channel, message.Text, message.Blocks) { ThreadTs = place.Thread }, cancellationToken);
        return new(delivery.To, $"{channel}:{ts}");
    }

    public async Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken)
    {
        _ = PlaceOf(message.Conversation, reply);
        if (message.MessageId.Split(':') is not [var channel, var ts])
            throw new DeliveryException(DeliveryFailure.Refused, $"'{message.MessageId}' is not the id of a message in Slack.");
        var now = renderer.Render(reply, Id.New(time));
        try
        {
            await client.UpdateAsync(new(channel, ts, now.Text, now.Blocks), cancellationToken);
        }
        catch (SlackRefusedException e) when (e.Error == "message_not_found")
        {
            // Somebody deleted it: there is no copy left that could say something old.
        }
    }

    /// <summary>Only where the identity leads back to the same person: what is posted there is for nobody else.</summary>
    public async Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken)
    {
        foreach (var identity in await people.IdentitiesOfAsync(person, cancellationToken))
        {
            if (identity.Channel == Name && options.Serves(identity.Tenant)
                && await people.FindByChannelAsync(identity, cancellationToken) is [var found] && found.Id == person)
            {
                return SlackTurnTranslator.Direct(identity);
            }
        }

        return null;
    }

    /// <summary>Whether this is known to be the channel of the person's direct conversation.</summary>
    public bool IsDirect(string user, string? channel) => channel is not null && _direct.TryGetValue(user, out var direct) && direct == channel;

    private async Task<string> DirectAsync(string user, CancellationToken cancellationToken)
    {
        if (_direct.TryGetValue(user, out var known))
            return known;
        var channel = await client.OpenConversationAsync(user, cancellationToken);
        _direct[user] = channel;
        return channel;
    }

    private Place PlaceOf(ConversationId to, Reply reply)
    {
        var place = to.Value.Split('/') switch
        {
            [var team, var target] when options.Serves(team) && target.Length > 0 => new Place(target, null),
            [var team, var target, var thread] when options.Serves(team) && target.Length > 0 => new Place(target, thread),
            _ => throw new DeliveryException(DeliveryFailure.Refused, $"{to} is not in a workspace of Channels:Slack:TeamId."),
        };
        if (access.Withdrawn is { } why)
            throw new DeliveryException(DeliveryFailure.Refused, why);
        return reply.Link is null || place.IsPerson
            ? place
            : throw new DeliveryException(DeliveryFailure.Refused, "A one-time link goes to nobody but its recipient; it was not posted to a channel.");
    }

    private sealed record Place(string Target, string? Thread)
    {
        /// <summary>Users' ids begin with U, or with W in an Enterprise Grid.</summary>
        public bool IsPerson => Thread is null && Target[0] is ('U' or 'W');
    }
}
