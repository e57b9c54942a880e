using ItOps.Bot.People;
using ItOps.Bot.Testing.ActiveDirectory;
using ItOps.Bot.Testing.Ports;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Directories;

/// <summary>One domain for all stories that play in one; where none can be had, they are skipped and say why.</summary>
public sealed class DomainStage : IAsyncLifetime
{
    private static readonly string[] s_people = ["alice", "bob", "omar", "sam", "carol", "grace", "dave", "primary", "never", "zoe"];

    private readonly string _folder = Directory.CreateTempSubdirectory("itops-domain-").FullName;
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
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The settings of a bot whose people and accounts are the domain's. In Slack it knows them by a file of bindings.</summary>
    public Dictionary<string, string> Settings()
    {
        var bindings = Path.Combine(_folder, "bindings.yaml");
        if (!File.Exists(bindings))
            File.WriteAllText(bindings, $"slackTeam: {FakeSlack.Team}\npeople:\n" + string.Concat(s_people.Take(4).Select(p => $"  - person: {p}\n    slack: U0{p.ToUpperInvariant()}\n")));
        return Domain.Settings().ToDictionary(s => $"Executors:ActiveDirectory:{s.Key}", s => s.Value).Concat(
        [
            new("Identity:Source", "ActiveDirectory"),
            new("Identity:BindingsFile", bindings),
        ]).ToDictionary();
    }

    /// <summary>A bot without the sandbox, in whose console the domain's people are known.</summary>
    public Task<BotHost> StartBotAsync(Action<IServiceCollection>? change = null, params (string Key, string Value)[] more)
    {
        var settings = Settings();
        settings["Executors:Sandbox:Enabled"] = "false";
        foreach (var (key, value) in more)
            settings[key] = value;
        return BotHost.StartAsync(
            services =>
            {
                services.Decorate<IPersonDirectory>(real => new BoundPeople(real, [.. s_people.Select(p => new ChannelBinding(p, new("console", "sandbox", p), "the story"))]));
                change?.Invoke(services);
            },
            settings);
    }
}

[CollectionDefinition(Name)]
public sealed class DomainCollection : ICollectionFixture<DomainStage>
{
    public const string Name = "domain";
}
