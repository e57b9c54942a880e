using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Host.Serving;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Tickets;
using ItOps.Bot.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
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
    private readonly bool _serves;
    private IHost _host = null!;

    private BotHost(FakeTimeProvider time, Action<IServiceCollection>? change, Dictionary<string, string>? settings, bool serves)
    {
        (Time, _folder, _serves) = (time, Directory.CreateTempSubdirectory("itops-story-").FullName, serves);
        _change = change ?? (_ => { });
        _settings = settings ?? [];
    }

    public FakeTimeProvider Time { get; }

    public string DatabaseFile => Path.Combine(_folder, "itops.db");

    public IServiceProvider Services => _host.Services;

    public SandboxView Sandbox => SandboxView.Of(Services);

    public static Task<BotHost> StartAsync(Action<IServiceCollection>? change = null, Dictionary<string, string>? settings = null) => StartAsync(NewTime(), settings, change);

    /// <summary>With a clock that others look at too.</summary>
    public static async Task<BotHost> StartAsync(FakeTimeProvider time, Dictionary<string, string>? settings, Action<IServiceCollection>? change)
    {
        var bot = new BotHost(time, change, settings, serves: false);
        await bot.BootAsync();
        return bot;
    }

    /// <summary>A Monday morning. A message that keeps a platform's pace waits some seconds, which nobody in a story stands there to let pass.</summary>
    public static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero)) { ShortWait = TimeSpan.FromSeconds(5) };

    /// <summary>The same bot behind a real web server, so that chat platforms can call it.</summary>
    public static async Task<BotHost> ServeAsync(FakeTimeProvider time, Dictionary<string, string> settings, Action<IServiceCollection>? change)
    {
        var bot = new BotHost(time, change, settings, serves: true);
        await bot.BootAsync();
        return bot;
    }

    /// <summary>Where a bot that serves is reached; another port after each start.</summary>
    public Uri Url => new(Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public StoryPerson Person(string name)
    {
        if (!_people.TryGetValue(name, out var person))
            _people[name] = person = new(this, name);
        return person;
    }

    /// <summary>Stops the process and starts it again on the same database, at once or later.</summary>
    public async Task RestartAsync(TimeSpan after = default)
    {
        await StopAsync();
        Time.Advance(after);
        await BootAsync();
        await DoWhatIsDueAsync();
    }

    /// <summary>Waits until nothing is under way: turns, runs and messages follow from each other until all are still.</summary>
    public async Task SettleAsync()
    {
        var turns = Services.GetRequiredService<TurnPump>();
        var runs = Services.GetRequiredService<RunDispatcher>();
        var outbox = Services.GetRequiredService<OutboxSender>();
        var tickets = Services.GetRequiredService<TicketDispatcher>();
        do
        {
            await turns.WhenIdleAsync();
            await runs.WhenIdleAsync();
            await tickets.WhenIdleAsync();
            await outbox.WhenIdleAsync();
        }
        while (!(turns.WhenIdleAsync().IsCompleted && runs.WhenIdleAsync().IsCompleted && tickets.WhenIdleAsync().IsCompleted && outbox.WhenIdleAsync().IsCompleted));
    }

    /// <summary>Lets time go by, then does what is due.</summary>
    public async Task TimePassesAsync(TimeSpan time)
    {
        Time.Advance(time);
        await DoWhatIsDueAsync();
    }

    public async Task<ServiceRequest> LastRequestAsync()
    {
        var requests = await Services.GetRequiredService<IRequestStore>().RecentAsync(1, CancellationToken.None);
        return Assert.Single(requests);
    }

    public async Task<ServiceRequest> RequestAsync(string id) => (await Services.GetRequiredService<IRequestStore>().FindAsync(id, CancellationToken.None))!;

    /// <summary>From now on until the next start nothing that is approved runs, as if the process died right after the click.</summary>
    public Task NothingRunsAsync() => Services.GetRequiredService<RunDispatcher>().StopAsync(CancellationToken.None);

    /// <summary>Somebody with the database file changes what is stored of the last request.</summary>
    public async Task EditLastRequestAsync(string from, string to)
    {
        var request = await LastRequestAsync();
        await using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        await database.OpenAsync();
        await using var edit = database.CreateCommand();
        edit.CommandText = "UPDATE requests SET body = replace(body, $from, $to) WHERE id = $id AND instr(body, $from) > 0";
        edit.Parameters.AddWithValue("$from", from);
        edit.Parameters.AddWithValue("$to", to);
        edit.Parameters.AddWithValue("$id", request.Id);
        Assert.Equal(1, await edit.ExecuteNonQueryAsync());
    }

    /// <summary>What waits for a decision; what is only kept ready for a report is <see cref="ReportsAsync"/>.</summary>
    public Task<IReadOnlyList<Approval>> PendingApprovalsAsync() => Services.GetRequiredService<IApprovalStore>().PendingAsync(CancellationToken.None);

    /// <summary>What is kept ready for a report, and nobody has pressed.</summary>
    public async Task<IReadOnlyList<Approval>> ReportsAsync()
    {
        var store = Services.GetRequiredService<IApprovalStore>();
        var reports = new List<Approval>();
        foreach (var prepared in await AuditAsync("report.prepared"))
            reports.Add((await store.FindAsync(prepared.Subject, CancellationToken.None))!);
        return [.. reports.Where(r => r.Status == ApprovalStatus.Pending)];
    }

    public async Task<IReadOnlyList<string>> AuditedAsync() =>
        [.. (await Services.GetRequiredService<IAuditLog>().SearchAsync(null, 1000, CancellationToken.None)).Select(r => r.Entry.Action)];

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(string action) =>
        [.. (await Services.GetRequiredService<IAuditLog>().SearchAsync(null, 1000, CancellationToken.None)).Select(r => r.Entry).Where(e => e.Action == action)];

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

    /// <summary>
    /// The bot's own sweeper wakes up as well. Whatever it has stored and not yet taken in hand at the first look is found at the second, however young it is.
    /// </summary>
    private async Task DoWhatIsDueAsync()
    {
        await Services.GetRequiredService<ContactSweep>().SweepAsync(CancellationToken.None);
        for (var look = 0; look < 2; look++)
        {
            await Services.GetRequiredService<Sweeper>().SweepAsync(TimeSpan.FromSeconds(-1), CancellationToken.None);
            await SettleAsync();
        }
    }

    private async Task BootAsync()
    {
        _host = _serves ? Serving() : Alone();
        await _host.StartAsync();
        await Services.GetRequiredService<ContactSweep>().SweepAsync(CancellationToken.None);
    }

    private WebApplication Serving()
    {
        string[] own = ["--environment=Development", "--urls=http://127.0.0.1:0", "--Logs:Folder=", "--Logging:LogLevel:Default=None"];
        return BotServer.Build([.. own, .. Settings().Select(s => $"--{s.Key}={s.Value}")], Prepare);
    }

    private IHost Alone()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });
        builder.Configuration.AddInMemoryCollection(Settings().Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddBot(BotComposition.Settings(builder), builder.Configuration);
        Prepare(builder.Services);
        return builder.Build();
    }

    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>
        {
            ["Storage:Folder"] = _folder,
            ["Executors:Commands:Enabled"] = "true",
            ["Executors:Scripts:Enabled"] = "true",
            ["Executors:Sandbox:PasswordIterations"] = "1000",
        };
        foreach (var (key, value) in _settings)
            settings[key] = value;
        return settings;
    }

    private void Prepare(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Time).AddSingleton<ITimers, NoAlarms>();
        _change(services);
    }

    /// <summary>
    /// No alarm is load-bearing, so a story does without them: one that went off would work beside the story, where nobody can wait for it to be done.
    /// </summary>
    private sealed class NoAlarms : ITimers
    {
        public Task ScheduleAsync(string kind, string id, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CancelAsync(string kind, string id, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private async Task StopAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
