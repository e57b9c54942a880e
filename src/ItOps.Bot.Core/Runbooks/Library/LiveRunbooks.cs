using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>
/// Keeps the catalogue as the store has it: at the start, after a change in this process, and every few seconds because another process may have changed something.
/// </summary>
public sealed class LiveRunbooks(
    IRunbookStore store, RunbookIntake intake, IRunbookReader reader, RunbookFiles files, RunbookCatalog catalog, TimeProvider time, ILogger<LiveRunbooks> log)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<(string Id, int Number), RunbookEdition> _editions = [];
    private readonly Dictionary<string, FiledRunbook> _filed = files.Runbooks.DistinctBy(f => f.Hash).ToDictionary(f => f.Hash);
    private long _stamp = -1;

    /// <summary>Before anything is served or taken up again: what waits must find the version that it began with.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await intake.TakeInAsync(cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    /// <summary>Exchanges the catalogue's content when the store has another.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Read first: what changes meanwhile is seen the next time.
            var stamp = await store.StampAsync(cancellationToken);
            if (stamp == _stamp)
                return;
            var entries = await store.EntriesAsync(cancellationToken);
            foreach (var kept in await store.KeptAsync(_editions.ContainsKey, cancellationToken))
                _editions.Add((kept.RunbookId, kept.Number), EditionOf(kept));
            catalog.Exchange(ShelfOf(entries));
            _stamp = stamp;
        }
        finally
        {
            _one.Release();
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Could not look for changed runbooks; trying again in {Interval}", Interval);
            }
        }
    }

    private RunbookShelf ShelfOf(IReadOnlyList<RunbookEntry> entries)
    {
        var problems = files.Problems.ToList();
        var inForce = new List<RunbookEdition>();
        foreach (var entry in entries)
        {
            var edition = _editions.GetValueOrDefault((entry.RunbookId, entry.Published));
            if (edition is { Source: null })
                problems.Add(new(edition.Content?.Path ?? entry.RunbookId, 1, "the version in force cannot be read by this version of the program; open it in the console and save it anew"));
            if (entry.FileVersion > 0)
            {
                problems.Add(new(
                    edition?.Content?.Path ?? entry.RunbookId,
                    1,
                    FormattableString.Invariant($"the file changed (version {entry.FileVersion}) while version {entry.Published}, published in the console, is in force; publish or reject it there")));
            }

            if (entry.IsInForce && edition is not null)
                inForce.Add(edition);
        }

        return new(inForce, _editions.Values, problems);
    }

    /// <summary>What stands in the folder as it is was read already.</summary>
    private RunbookEdition EditionOf(KeptVersion kept) => _filed.TryGetValue(kept.Hash, out var filed)
        ? new(kept.RunbookId, kept.Number, () => filed.Content.WithVersion(kept.Number), () => filed.Source with { Runbook = filed.Source.Runbook with { Version = kept.Number } })
        : new(kept.RunbookId, kept.Number, kept.Content, () => reader.Read(kept.Content()).Source);
}
