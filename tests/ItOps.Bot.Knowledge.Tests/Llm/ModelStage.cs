using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Llm;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Models;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Knowledge.Tests.Llm;

/// <summary>The built-in agent before a model that a test scripts, with a clock that the test moves.</summary>
public sealed class ModelStage : IAsyncDisposable
{
    private static readonly Lazy<RunbookCatalog> s_shipped = new(() => RunbookFolder.Read(Repository.Runbooks).ToCatalog());

    private readonly LlmConnection _connection;

    private ModelStage(FakeModel model, Dictionary<string, string> settings, HttpMessageHandler? network = null)
    {
        Model = model;
        Options = OptionsOf(settings)!;
        _connection = network is null ? new(Options) : new(Options, network);
        var exchange = new ModelExchange(Options, _connection, Time);
        Budget = new(Options, Time);
        Calls = new(Options, exchange, Budget, Time);
        Agent = new ModelAgent(new ModelPrompt(), Calls);
        Check = new(Options, Calls, exchange, Time);
    }

    public FakeModel Model { get; }

    public FakeTimeProvider Time { get; } = new() { ShortWait = TimeSpan.FromSeconds(5) };

    public IAgent Agent { get; }

    internal LlmOptions Options { get; }

    internal TokenBudget Budget { get; }

    internal ModelCalls Calls { get; }

    internal ModelSelfCheck Check { get; }

    public static async Task<ModelStage> StartAsync(params (string Key, string Value)[] settings)
    {
        var model = await FakeModel.StartAsync();
        return new(model, With(model.Settings, settings));
    }

    public static async Task<ModelStage> StartAzureAsync()
    {
        var model = await FakeModel.StartAsync();
        return new(model, model.AzureSettings);
    }

    /// <summary>Nothing reaches the model: every request ends in an exception.</summary>
    public static async Task<ModelStage> StartUnreachableAsync(Func<Exception> failure, params (string Key, string Value)[] settings)
    {
        var model = await FakeModel.StartAsync();
        return new(model, With(model.Settings, settings), new Unreachable(failure));
    }

    public static AgentTask Task(string text, params string[] offered) => new(
        PromptText.Of(text), "en", [.. (offered.Length > 0 ? offered : ["vpn_not_connecting", "shared_drive_access", "account_locked"]).Select(id => s_shipped.Value.Find(id)!)])
    {
        Requester = new PersonId("person-1"),
        Thread = new string('0', 32),
    };

    /// <summary>Asks which runbook is meant, and says how that failed.</summary>
    public async Task<AgentFailedException> FailsAsync(string text = "the tunnel is dead") =>
        await Assert.ThrowsAsync<AgentFailedException>(() => Agent.RetrieveInstructionsAsync(Task(text), TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await Model.DisposeAsync();
    }

    private sealed class Unreachable(Func<Exception> failure) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            System.Threading.Tasks.Task.FromException<HttpResponseMessage>(failure());
    }

    internal static LlmOptions? OptionsOf(IEnumerable<KeyValuePair<string, string>> settings) => LlmOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build().GetSection(LlmOptions.Path));

    internal static Dictionary<string, string> With(Dictionary<string, string> settings, params (string Key, string Value)[] more)
    {
        foreach (var (key, value) in more)
            settings[$"{LlmOptions.Path}:{key}"] = value;
        return settings;
    }
}
