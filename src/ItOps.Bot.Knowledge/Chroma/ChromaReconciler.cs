using ItOps.Bot.Runbooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>
/// Keeps the collection as the runbooks are, beside everything else: at the start, when other runbooks are in force, when the collection was found lost, when the server
/// came back, and now and then. While it cannot, it tries again, ever less often.
/// </summary>
internal sealed class ChromaReconciler : BackgroundService
{
    // Above the pace of stories' clocks, and soon enough for a server that starts beside the bot.
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_look = TimeSpan.FromMinutes(10);

    private readonly ChromaIndex _index;
    private readonly ChromaClient _client;
    private readonly ChromaState _state;
    private readonly RunbookCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger<ChromaReconciler> _log;
    private TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChromaReconciler(ChromaIndex index, ChromaClient client, ChromaState state, RunbookCatalog catalog, TimeProvider time, ILogger<ChromaReconciler> log)
    {
        (_index, _client, _state, _catalog, _time, _log) = (index, client, state, catalog, time, log);
        _client.CameBack = _state.Ring;
    }

    /// <summary>Ends with the next try, whether it succeeds or not.</summary>
    public Task NextTryAsync() => Volatile.Read(ref _tried).Task;

    /// <summary>Now, for a command that waits for it.</summary>
    /// <exception cref="OperatorException">Chroma or the embeddings are away.</exception>
    public async Task<ReindexReport> ReconcileAsync(bool anew, CancellationToken cancellationToken)
    {
        var report = await _index.ReconcileAsync(_catalog.All, anew, cancellationToken);
        _state.Answered();
        return report;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changes = _catalog.Exchanged.Subscribe(_ => _state.Ring());
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            _state.Heard();
            failures = await TryAsync(failures, stoppingToken) ? 0 : failures + 1;
            Interlocked.Exchange(ref _tried, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            await RestAsync(failures == 0 ? s_look : Backoff(failures), stoppingToken);
        }
    }

    private async Task<bool> TryAsync(int failures, CancellationToken stoppingToken)
    {
        try
        {
            await ReconcileAsync(anew: false, stoppingToken);
            return true;
        }
        catch (OperatorException e)
        {
            _state.Failed(e.Message, needsLook: false);
            _log.Log(failures == 0 ? LogLevel.Warning : LogLevel.Debug, "Chroma's collection cannot be brought up to date, the embedded ranking goes on alone: {Reason}", e.Message);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            _state.Failed("an error that is in the log", needsLook: false);
            _log.LogError(e, "Chroma's collection cannot be brought up to date");
        }

        return false;
    }

    /// <summary>Until the time is over or somebody rings.</summary>
    private async Task RestAsync(TimeSpan most, CancellationToken stoppingToken)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_state.RungAsync(), Task.Delay(most, _time, awake.Token));
        await awake.CancelAsync();
    }

    private static TimeSpan Backoff(int failures)
    {
        var most = s_first * Math.Pow(2, Math.Min(failures - 1, 10));
        return most < s_longest ? most : s_longest;
    }
}
