using ItOps.Bot.Commits;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Turns;

/// <summary>Handles a stored turn to its end.</summary>
public interface ITurnHandler
{
    Task HandleAsync(Turn turn, CancellationToken cancellationToken);
}

/// <summary>
/// Accepts turns into the inbox and has them handled, one at a time per conversation. Turns that a commit itself accepts (news of a request) come the same way.
/// </summary>
public sealed class TurnPump : ITurnIntake, ICommitObserver, IHostedService, IAsyncDisposable
{
    /// <summary>A turn mostly waits for its commit, and commits that wait together are made durable together.</summary>
    private const int Workers = 32;

    private readonly ITurnInbox _inbox;
    private readonly Committer _committer;
    private readonly KeyedQueue<Turn> _queue;
    private readonly InHand _inHand = new();

    public TurnPump(ITurnInbox inbox, Committer committer, ITurnHandler handler, ILogger<TurnPump> log)
    {
        (_inbox, _committer) = (inbox, committer);
        _queue = new(Workers, async (turn, cancellationToken) =>
        {
            try
            {
                await handler.HandleAsync(turn, cancellationToken);
            }
            finally
            {
                _inHand.LetGo(turn.Id);
            }
        }, log);
    }

    public Task WhenIdleAsync() => _queue.WhenIdleAsync();

    public async Task<bool> AcceptAsync(Turn turn, IReadOnlyList<Change> along, CancellationToken cancellationToken)
    {
        var commit = new Commit().Add(new TurnAccepted(turn));
        foreach (var change in along)
            commit.Add(change);
        return await _committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed;
    }

    public void Committed(Commit commit)
    {
        foreach (var change in commit.Changes)
        {
            if (change is TurnAccepted accepted && _inHand.TryTake(accepted.Turn.Id))
                Post(accepted.Turn);
        }
    }

    /// <summary>Takes up turns that were accepted and never handled.</summary>
    public async Task SweepAsync(DateTimeOffset acceptedBefore, CancellationToken cancellationToken)
    {
        using var sweep = _inHand.BeginSweep();
        foreach (var turn in await _inbox.UnhandledAsync(acceptedBefore, take: 500, cancellationToken))
        {
            if (sweep.TryTake(turn.Id))
                Post(turn);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _queue.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _queue.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private void Post(Turn turn) => _queue.Post(turn.Conversation.ToString(), turn);
}
