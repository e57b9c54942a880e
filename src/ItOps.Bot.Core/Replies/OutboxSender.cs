using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Replies;

/// <summary>
/// Sends what commits queued, one conversation's messages in their order. A message is marked after it was sent; what a crash leaves unmarked is sent again
/// under the same id, and a channel that can, shows it once.
/// </summary>
public sealed class OutboxSender : ICommitObserver, IHostedService, IAsyncDisposable
{
    /// <summary>Sending is waiting for a platform, some 100 ms a message, while other conversations' messages are due.</summary>
    private const int Workers = 32;

    private static readonly TimeSpan[] Backoff = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    private readonly Dictionary<string, IChannel> _channels;
    private readonly IOutbox _stored;
    private readonly ILiveReplies _live;
    private readonly Committer _committer;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxSender> _log;
    private readonly KeyedQueue<OutboxMessage> _queue;
    private readonly InHand _inHand = new();

    public OutboxSender(IEnumerable<IChannel> channels, IOutbox stored, ILiveReplies live, Committer committer, TimeProvider time, ILogger<OutboxSender> log)
    {
        _channels = channels.ToDictionary(c => c.Name, StringComparer.Ordinal);
        (_stored, _live, _committer, _time, _log) = (stored, live, committer, time, log);
        _queue = new(Workers, SendAsync, log);
    }

    public IReadOnlyCollection<string> Channels => _channels.Keys;

    public Task WhenIdleAsync() => _queue.WhenIdleAsync();

    public void Committed(Commit commit)
    {
        foreach (var change in commit.Changes)
        {
            if (change is MessageQueued { Message: var message } && _channels.ContainsKey(message.To.Channel) && _inHand.TryTake(message.Id))
                Post(message);
        }
    }

    /// <summary>Takes up messages that an earlier process, or an earlier failure, left behind.</summary>
    public async Task SweepAsync(DateTimeOffset queuedBefore, CancellationToken cancellationToken)
    {
        using var sweep = _inHand.BeginSweep();
        foreach (var message in await _stored.DueAsync(_channels.Keys, _time.GetUtcNow(), queuedBefore, take: 500, cancellationToken))
        {
            if (sweep.TryTake(message.Id))
                Post(message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _queue.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _queue.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private void Post(OutboxMessage message) => _queue.Post(message.To.ToString(), message);

    private async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            if (message.Topic is { } topic && !await IsNextAsync(topic, message, cancellationToken))
                return;
            var posted = await DeliverAsync(message, cancellationToken);
            await _committer.CommitAsync(new Commit().Add(new MessageSent(message.Id, posted)), cancellationToken);
            Telemetry.Messages.Add(1, new KeyValuePair<string, object?>("channel", message.To.Channel), new("result", "sent"));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await DeferAsync(message, e, cancellationToken);
        }
        finally
        {
            _inHand.LetGo(message.Id);
        }
    }

    /// <summary>
    /// Copies of a card must end as the newest: what an earlier failure or process left of the same card is posted first, and older updates of it are
    /// dropped. <c>false</c> when this message itself was sent or overtaken.
    /// </summary>
    private async Task<bool> IsNextAsync(string topic, OutboxMessage message, CancellationToken cancellationToken)
    {
        var waiting = await _stored.WaitingAsync(topic, message.To, cancellationToken);
        if (!waiting.Any(w => w.Id == message.Id))
            return false;
        foreach (var older in waiting.TakeWhile(w => w.Id != message.Id))
        {
            var posted = older.IsUpdate ? null : await DeliverAsync(older, cancellationToken);
            await _committer.CommitAsync(new Commit().Add(new MessageSent(older.Id, posted)), cancellationToken);
        }

        return true;
    }

    private async Task<MessageReference?> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var channel = _channels[message.To.Channel];
        if (message is { IsUpdate: false, IsLive: false })
            return await channel.SendAsync(new(message.Id, message.To, message.Reply), cancellationToken);
        var earlier = await _stored.PostedAsync(message.Topic!, message.To, cancellationToken);
        var reply = message.IsLive ? await _live.DrawAsync(message.Topic!, message.To, cancellationToken) : message.Reply;
        if (reply is null)
            return null;
        if (earlier is not null)
            await UpdateAsync(channel, earlier, reply, cancellationToken);
        return earlier is null && !message.IsUpdate ? await channel.SendAsync(new(message.Id, message.To, reply), cancellationToken) : null;
    }

    /// <summary>Whatever was queued, this is an update, and a second one makes no second copy: what nobody can tell of may go again.</summary>
    private static async Task UpdateAsync(IChannel channel, MessageReference earlier, Reply reply, CancellationToken cancellationToken)
    {
        try
        {
            await channel.UpdateAsync(earlier, reply, cancellationToken);
        }
        catch (DeliveryException e) when (e.Failure == DeliveryFailure.Unknown)
        {
            throw new DeliveryException(DeliveryFailure.NotSent, e.Message, e.RetryAfter, e);
        }
    }

    /// <summary>None when it must not, or no longer, be tried again.</summary>
    private static TimeSpan? Wait(OutboxMessage message, Exception e) => e switch
    {
        _ when message.Attempts >= Backoff.Length => null,
        DeliveryException { Failure: DeliveryFailure.Refused } => null,
        DeliveryException { Failure: DeliveryFailure.Unknown } when !message.IsUpdate => null,
        DeliveryException { RetryAfter: { } asked } when asked > Backoff[message.Attempts] => asked,
        _ => Backoff[message.Attempts],
    };

    private static string Reason(Exception e) => e is DeliveryException { Failure: var failure } ? failure.ToString() : e.GetType().Name;

    private async Task DeferAsync(OutboxMessage message, Exception e, CancellationToken cancellationToken)
    {
        Telemetry.Messages.Add(1, new KeyValuePair<string, object?>("channel", message.To.Channel), new("result", "failed"));
        var next = _time.GetUtcNow() + Wait(message, e);
        _log.LogWarning(e, "Message {MessageId} to {Conversation} was not sent; next attempt {Next}", message.Id, message.To, next);
        try
        {
            await _committer.CommitAsync(new Commit().Add(new MessageDeferred(message.Id, message.Attempts + 1, next, Reason(e))), cancellationToken);
        }
        catch (StoreUnavailableException unavailable)
        {
            // It is still in the outbox as it was; the sweeper takes it up once the store is back.
            _log.LogWarning(unavailable, "Message {MessageId} stays as it is", message.Id);
        }
    }
}
