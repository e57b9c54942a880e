using ItOps.Bot.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ItOps.Bot.Storage.Timers;

/// <summary>What every alarm does: its trigger's group is the kind of alarm, its name the id.</summary>
internal sealed class TimerJob(TimerHandlers handlers, ILogger<TimerJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var (kind, id) = (context.Trigger.Key.Group, context.Trigger.Key.Name);
        try
        {
            if (!await handlers.HandleAsync(kind, id, cancellationToken))
                log.LogWarning("Nobody handles the alarm {Kind} {Id}", kind, id);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning(failure, "The alarm {Kind} {Id} could not be handled; the sweeper will find what is due", kind, id);
        }
    }
}

/// <summary>The bot's handlers, seen from inside Quartz's own container.</summary>
internal sealed class TimerHandlers(IServiceProvider bot)
{
    public async Task<bool> HandleAsync(string kind, string id, CancellationToken cancellationToken)
    {
        await using var scope = bot.CreateAsyncScope();
        if (scope.ServiceProvider.GetServices<ITimerHandler>().FirstOrDefault(h => h.Kind == kind) is not { } handler)
            return false;
        await handler.HandleAsync(id, cancellationToken);
        return true;
    }
}
