using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Jira;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.Jira;

/// <summary>The executor as it is registered, before a site with a few people and projects. Waits of a busy site end at once, moving the clock.</summary>
internal sealed class JiraStage : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private JiraStage(FakeTimeProvider time, FakeJira jira, ListedPeople people, Dictionary<(string System, string Key), string> links, ServiceProvider provider) =>
        (Time, Jira, People, Links, _provider) = (time, jira, people, links, provider);

    public FakeTimeProvider Time { get; }

    public FakeJira Jira { get; }

    public ListedPeople People { get; }

    /// <summary>What the operator's own list binds: system and key to a person's id.</summary>
    public Dictionary<(string System, string Key), string> Links { get; }

    public IAccountDirectory Directory => _provider.GetRequiredService<AccountDirectories>().Find("jira")!;

    public ISelfCheck Check => _provider.GetServices<ISelfCheck>().Single(c => c.Name == "jira");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<JiraStage> StartAsync(params string[] settings)
    {
        var time = new FakeTimeProvider { ShortWait = TimeSpan.FromMinutes(1) };
        var jira = await FakeJira.StartAsync();
        var people = new ListedPeople();
        var links = new Dictionary<(string, string), string>();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(jira.Settings.Concat(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create("Executors:Jira:" + s[0], s[1])))
                .Append(new("Executors:Sandbox:Enabled", "true")).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton(new SandboxSeed { PracticePassword = new("Practice-makes-perfect") })
            .AddSingleton<ISandboxState>(new Testing.Accounts.InMemorySandboxState())
            .AddExecutors(new(configuration.GetSection("Executors"), Path.GetTempPath(), IsDevelopment: true, PeopleSource: "Sandbox"))
            .AddSingleton<IPersonDirectory>(people)
            .AddSingleton<IAccountLinks>(new ListedLinks(links))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return new(time, jira, people, links, provider);
    }

    public static AccountId Of(JiraPerson person) => new("jira", person.AccountId);

    public static GroupId Role(string project, string role) => new("jira", $"{project}:{role}");

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Jira.DisposeAsync();
    }

    private sealed class ListedLinks(Dictionary<(string System, string Key), string> links) : IAccountLinks
    {
        public Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>([.. links.Where(l => l.Key.System == system && l.Value == person.Value).Select(l => l.Key.Key)]);

        public Task<IReadOnlyList<PersonId>> OwnersOfAsync(string system, string key, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PersonId>>(links.TryGetValue((system, key), out var person) ? [new(person)] : []);
    }
}
