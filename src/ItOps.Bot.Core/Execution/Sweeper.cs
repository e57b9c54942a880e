using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;
using ItOps.Bot.Tickets;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Execution;

/// <summary>
/// Finds whatever a crash, a lost alarm or a failure left behind, at the start and every few seconds: no timer and no queue in memory is load-bearing (I9).
/// </summary>
public sealed class Sweeper(
    TurnPump turns, OutboxSender outbox, RunDispatcher runs, ApprovalClock approvals, SecretLinks secrets, Pickups pickups, TicketDispatcher tickets, TimeProvider time, ILogger<Sweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>What is younger is most likely in the hands of the process that stored it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public async Task SweepAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - grace;
        await TryAsync("turns", () => turns.SweepAsync(before, cancellationToken));
        await TryAsync("messages", () => outbox.SweepAsync(before, cancellationToken));
        await TryAsync("runs", () => runs.SweepAsync(cancellationToken));
        await TryAsync("approvals", () => approvals.SweepAsync(cancellationToken));
        await TryAsync("pickups", () => pickups.SweepAsync(cancellationToken));
        await TryAsync("tickets", () => tickets.SweepAsync(cancellationToken));
        await TryAsync("secrets", () => secrets.SweepAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await SweepAsync(TimeSpan.Zero, stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await SweepAsync(Grace, stoppingToken);
    }

    private async Task TryAsync(string what, Func<Task> sweep)
    {
        try
        {
            await sweep();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Could not look for {What} that were left behind; trying again in {Interval}", what, Interval);
        }
    }
}
