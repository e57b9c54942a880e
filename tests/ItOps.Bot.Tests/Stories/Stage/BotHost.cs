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

    public SandboxView Sandbox => new(
        Services.GetRequiredService<ISandboxState>(), Services.GetRequiredService<AccountDirectories>(), Services.GetRequiredService<IPracticeSignIn>());

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

    /// <summary>Stops the process and starts it again on the same database, at once or later.</summary>
    public async Task RestartAsync(TimeSpan after = default)
    {
        await StopAsync();
        Time.Advance(after);
        await BootAsync();
        await DoWhatIsDueAsync();
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

    public async Task<IReadOnlyList<Approval>> PendingApprovalsAsync() => await Services.GetRequiredService<IApprovalStore>().PendingAsync(CancellationToken.None);

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
        for (var look = 0; look < 2; look++)
        {
            await Services.GetRequiredService<Sweeper>().SweepAsync(TimeSpan.FromSeconds(-1), CancellationToken.None);
            await SettleAsync();
        }
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
