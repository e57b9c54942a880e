using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.ActiveDirectory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>One domain for all tests that need one; where none can be had, they are skipped and say why.</summary>
public sealed class SambaFixture : IAsyncLifetime
{
    private SambaDomain? _domain;

    public SambaDomain Domain
    {
        get
        {
            Assert.SkipWhen(SambaDomain.Lacks is not null, SambaDomain.Lacks ?? "");
            return _domain!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (SambaDomain.Lacks is null)
            _domain = await SambaDomain.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_domain is not null)
            await _domain.DisposeAsync();
    }

    /// <summary>The executor as the bot makes it of the settings, with some of them changed or (null) left out.</summary>
    public ServiceProvider Connect(params (string Key, string? Value)[] changes)
    {
        var settings = Domain.Settings();
        foreach (var (key, value) in changes)
        {
            settings.Remove(key);
            if (value is not null)
                settings[key] = value;
        }

        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new RunbookCatalog([], []))
            .AddExecutors(new(
                new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Executors:ActiveDirectory:{s.Key}", (string?)s.Value))).Build().GetSection("Executors"),
                Path.GetTempPath(), IsDevelopment: false, PeopleSource: "ActiveDirectory"))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}

[CollectionDefinition(Name)]
public sealed class SambaCollection : ICollectionFixture<SambaFixture>
{
    public const string Name = "samba";
}

/// <summary>A test with an executor that is connected to the domain.</summary>
[Collection(SambaCollection.Name)]
public abstract class SambaTest(SambaFixture samba) : IDisposable
{
    private ServiceProvider? _connected;

    protected SambaFixture Samba => samba;

    protected SambaDomain Domain => samba.Domain;

    protected static CancellationToken Now => TestContext.Current.CancellationToken;

    protected IServiceProvider Services => _connected ??= samba.Connect();

    protected IAccountDirectory Directory => Services.GetRequiredService<AccountDirectories>().Find("active-directory")!;

    protected IPersonDirectory People => Services.GetRequiredService<IPersonDirectory>();

    public void Dispose()
    {
        _connected?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<AccountId> IdAsync(string account) => new("active-directory", await Domain.GuidAsync(account));

    protected async Task<GroupId> GroupAsync(string group) => new("active-directory", await Domain.GuidAsync(group));

    protected async Task<AccountSnapshot> ReadAsync(string account) => (await Directory.ReadAsync(await IdAsync(account), Now))!;
}
