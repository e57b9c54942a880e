using System.Diagnostics;
using ItOps.Bot.Testing.Entra;

namespace ItOps.Bot.Chaos.Matrix.Targets;

internal sealed class EntraTarget : Target
{
    private static readonly Dictionary<string, Effect> s_effects = new()
    {
        ["password"] = Effect.Reset,
        ["revoke"] = Effect.SignOut,
        ["add"] = Effect.Join,
        ["remove"] = Effect.Leave,
        ["block"] = Effect.Block,
    };

    private readonly HashSet<string> _passwords = [];
    private Dictionary<string, string> _settings = [];
    private FakeGraph? _graph;
    private GraphUser? _alice;

    public override string System => "entra";

    public override bool HoldsAnswers => true;

    public override IReadOnlyDictionary<string, string> Settings => _settings;

    public override string? Key => _alice!.Id;

    private FakeGraph Graph => _graph!;

    public override async Task OpenAsync(StoryPlay story)
    {
        _graph = await FakeGraph.StartAsync(TimeProvider.System);
        _alice = Graph.Directory.AddUser("alice");
        _passwords.Clear();
        Graph.BeforeAnswer = Note;
        _settings = new(Graph.Settings)
        {
            ["Executors:Entra:Resources:0:Group"] = Graph.Directory.AddGroup("GRP-FINANCE-RW").Id,
            ["Executors:Entra:Resources:0:Type"] = "shared-drive",
            ["Executors:Entra:Resources:0:Name"] = "Finance",
            ["Executors:Entra:Resources:0:Permission"] = "write",
            ["Executors:Entra:Resources:0:Aliases"] = "finance share",
        };
    }

    public override void KillAfter(int changes, Process process)
    {
        var kill = Killer(changes, process);
        Graph.BeforeAnswer = async () =>
        {
            await Note();
            await kill();
        };
    }

    public override Task<IReadOnlyList<Effect>> EffectsAsync(Recovery recovery) =>
        Task.FromResult<IReadOnlyList<Effect>>([.. Graph.Directory.Effects.Select(e => s_effects[e.What])]);

    public override Task<string?> FlawAsync(string password)
    {
        var alice = Graph.Directory.User(_alice!.Id);
        return Task.FromResult(
            alice.Password != password ? "the password of the link is not in force"
            : !alice.ForceChange ? "the password need not be changed"
            : _passwords.Count != 1 ? $"{_passwords.Count} passwords were set"
            : null);
    }

    /// <summary>Time passes for the tenant as it does for the process: it is held against moments of the tenant's own.</summary>
    public override Task DiedAsync()
    {
        Graph.Directory.Ahead = StoryChild.Pause;
        return Task.CompletedTask;
    }

    public override async Task CloseAsync()
    {
        if (_graph is not null)
            await _graph.DisposeAsync();
        _graph = null;
    }

    public override async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>The tenant counts how often a password was set; how many different ones is to be noted as they come.</summary>
    private Task Note()
    {
        if (Graph.Directory.User(_alice!.Id).Password is var now && now != _alice.Password)
            _passwords.Add(now);
        return Task.CompletedTask;
    }
}
