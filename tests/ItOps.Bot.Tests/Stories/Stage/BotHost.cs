using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>
/// The whole bot as it ships, on a real database file in a folder of its own, with a clock that the story moves. People speak through the console's conversations.
/// </summary>
public sealed class BotHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Action<IServiceCollection> _change;
    private readonly Dictionary<string, string> _settings;
    private readonly Dictionary<string, StoryPerson> _people = [];
    private IHost _host = null!;

    private BotHost(string folder, Action<IServiceCollection>? change, Dictionary<string, string>? settings)
    {
        _folder = folder;
        _change = change ?? (_ => { });
        _settings = settings ?? [];
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public string DatabaseFile => Path.Combine(_folder, "itops.db");

    public IServiceProvider Services => _host.Services;

    public SandboxView Sandbox => new(Services.GetRequiredService<ISandboxState>(), Services.GetRequiredService<AccountDirectories>());

    public static async Task<BotHost> StartAsync(Action<IServiceCollection>? change = null, Dictionary<string, string>? settings = null)
    {
        var bot = new BotHost(Directory.CreateTempSubdirectory("itops-story-").FullName, change, settings);
        await bot.BootAsync();
        return bot;
    }

    public StoryPerson Person(string name)
    {
        if (!_people.TryGetValue(name, out var person))
            _people[name] = person = new(this, name);
        return person;
    }

    /// <summary>Stops the process and starts it again on the same database.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await BootAsync();
        await SettleAsync();
    }

    /// <summary>Waits until nothing is under way: turns, runs and messages follow from each other until all three are still.</summary>
    public async Task SettleAsync()
    {
        var turns = Services.GetRequiredService<TurnPump>();
        var runs = Services.GetRequiredService<RunDispatcher>();
        var outbox = Services.GetRequiredService<OutboxSender>();
        do
        {
            await turns.WhenIdleAsync();
            await runs.WhenIdleAsync();
            await outbox.WhenIdleAsync();
        }
        while (!(turns.WhenIdleAsync().IsCompleted && runs.WhenIdleAsync().IsCompleted && outbox.WhenIdleAsync().IsCompleted));
    }

    /// <summary>Lets time go by, then does what is due.</summary>
    public async Task TimePassesAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Services.GetRequiredService<Sweeper>().SweepAsync(TimeSpan.Zero, CancellationToken.None);
        await SettleAsync();
    }

    public async Task<ServiceRequest> LastRequestAsync()
    {
        var requests = await Services.GetRequiredService<IRequestStore>().RecentAsync(1, CancellationToken.None);
        return Assert.Single(requests);
    }

    public async Task<IReadOnlyList<Approval>> PendingApprovalsAsync() => await Services.GetRequiredService<IApprovalStore>().PendingAsync(CancellationToken.None);

    public async Task<IReadOnlyList<string>> AuditedAsync() =>
        [.. (await Services.GetRequiredService<IAuditLog>().SearchAsync(null, 1000, CancellationToken.None)).Select(r => r.Entry.Action)];

    public async Task TheAuditHoldsAsync()
    {
        var verdict = await AuditChain.VerifyAsync(Services.GetRequiredService<IAuditLog>(), CancellationToken.None);
        Assert.True(verdict.Ok, $"record {verdict.FirstBroken}: {verdict.What}");
    }

    public async ValueTask DisposeAsync()
    {
        await TheAuditHoldsAsync();
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BootAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Folder"] = _folder,
            ["Executors:Bash:Enabled"] = "true",
            ["Executors:Sandbox:PasswordIterations"] = "1000",
        });
        builder.Configuration.AddInMemoryCollection(_settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddBot(BotComposition.Settings(builder), builder.Configuration);
        builder.Services.AddSingleton<TimeProvider>(Time);
        _change(builder.Services);
        _host = builder.Build();
        await _host.StartAsync();
    }

    private async Task StopAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
