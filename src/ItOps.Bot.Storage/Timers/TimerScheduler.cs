using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ItOps.Bot.Storage.Timers;

/// <summary>Quartz's scheduler on the bot's own database: one lasting job, and a trigger for each alarm.</summary>
internal sealed class TimerScheduler(IDatabaseProvider provider, TimeProvider time, IServiceProvider bot, ILoggerFactory logs) : IAsyncDisposable
{
    /// <summary>Alarms that this process sets wake it by themselves; asking the database in between only finds those of others.</summary>
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMinutes(5);

    private static readonly JobKey s_job = new("timer");

    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _factory = QuartzSchedulerBuilder.Create(Configure).Build();
        _scheduler = await _factory.GetScheduler(cancellationToken);
        await _scheduler.AddJob(
            JobBuilder.Create<TimerJob>().WithIdentity(s_job).StoreDurably().Build(), AddJobOptions.Replacing, cancellationToken);
        await _scheduler.Start(cancellationToken);
    }

    public async Task SetAsync(TriggerKey alarm, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var trigger = TriggerBuilder.Create(time).WithIdentity(alarm).ForJob(s_job).StartAt(at).Build();
        if (await Started.RescheduleJob(alarm, trigger, cancellationToken) is null)
            await Started.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    public async Task ForgetAsync(TriggerKey alarm, CancellationToken cancellationToken) =>
        await Started.UnscheduleJob(alarm, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_scheduler is not null)
            await _scheduler.Shutdown(true);
        if (_factory is not null)
            await _factory.DisposeAsync();
    }

    private IScheduler Started => _scheduler ?? throw new InvalidOperationException("The scheduler is not started.");

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.Services.AddSingleton(logs);
        quartz.Services.AddSingleton<ILoggerProvider>(new BotLogs(logs));
        quartz.Services.AddSingleton(new TimerHandlers(bot));
        quartz.Services.AddTransient<TimerJob>();
        quartz.UseTimeProvider(time);
        quartz.UseDefaultThreadPool(maxConcurrency: 2);
        quartz.ConfigureScheduler(s =>
        {
            s.InstanceName = "ItOps.Bot";
            s.IdleWaitTime = s_betweenLooks;
        });
        quartz.UsePersistentStore(store =>
        {
            provider.ConfigureTimers(store);
            store.UseSystemTextJsonSerializer();
            store.ConfigureStore(s =>
            {
                s.SchemaProvisioning = SchemaProvisioning.CreateIfMissing;
                s.StoreJobDataAsStrings = true;
                s.MisfireHandlerFrequency = s_betweenLooks;
                s.UseBackgroundThreads = true;
            });
        });
    }
}
