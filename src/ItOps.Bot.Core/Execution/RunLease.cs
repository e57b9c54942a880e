using ItOps.Bot.Commits;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Execution;

/// <summary>
/// The runner's claim on a request, renewed while the process lives. When it cannot be renewed, because another runner took over or the store is gone,
/// <see cref="Lost"/> is cancelled and no further step begins.
/// </summary>
public sealed class RunLease : IAsyncDisposable
{
    /// <summary>How long a request is left alone after a runner's last sign of life; after a crash, the longest silence.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    private readonly ServiceRequest _request;
    private readonly Committer _committer;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private DateTimeOffset _until;

    public RunLease(ServiceRequest claimed, Committer committer, TimeProvider time, CancellationToken cancellationToken)
    {
        (_request, _committer, _time) = (claimed, committer, time);
        _until = claimed.LeaseUntil ?? throw new ArgumentException("The request was not claimed.", nameof(claimed));
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = RenewAsync();
    }

    public CancellationToken Lost => _lost.Token;

    /// <summary>False for a process that was paused so long that another may have taken over.</summary>
    public bool IsHeld => !_lost.IsCancellationRequested && _time.GetUtcNow() < _until;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Length / 4, _time);
        while (await timer.WaitForNextTickAsync(_ended.Token))
        {
            var until = _time.GetUtcNow() + Length;
            if (!await TryRenewAsync(until))
            {
                await _lost.CancelAsync();
                return;
            }

            _until = until;
        }
    }

    private async Task<bool> TryRenewAsync(DateTimeOffset until)
    {
        try
        {
            return await _committer.CommitAsync(new Commit().Add(new LeaseRenewed(_request.Id, _request.Fence, until)), _ended.Token) == CommitOutcome.Committed;
        }
        catch (StoreUnavailableException)
        {
            return _time.GetUtcNow() < _until;
        }
    }
}
