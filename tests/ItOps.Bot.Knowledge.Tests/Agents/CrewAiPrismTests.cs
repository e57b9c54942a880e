using ItOps.Bot.Agents;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Agents;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>
/// The adapter's requests against prism, which holds each of them against a description of the API and refuses what does not fit. Prism keeps no state: the sequence of
/// polls is tried with the stub of <see cref="CrewAiStubTests"/>.
/// </summary>
public sealed class CrewAiPrismTests(CrewAiPrismTests.Prism prism) : IClassFixture<CrewAiPrismTests.Prism>
{
    private readonly FakeTimeProvider _time = new() { ShortWait = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task What_it_sends_fits_the_description_and_the_answer_is_read()
    {
        var found = await ConfiguredAgents.Agent(prism.Settings, _time, FakeAgentServer.Key).RetrieveInstructionsAsync(Task(), TestContext.Current.CancellationToken);

        Assert.Equal("account_locked", Assert.Single(found).RunbookId);
    }

    [Fact]
    public async Task Without_a_key_it_is_refused() =>
        await AgentContract.FailsAsync(AgentFailure.Refused, ConfiguredAgents.Agent(prism.Settings, _time, key: null));

    [Fact]
    public async Task An_input_that_the_crew_does_not_take_is_refused()
    {
        var settings = prism.Settings;
        settings["Agent:CrewAi:Input"] = "question";

        await AgentContract.FailsAsync(AgentFailure.Failed, ConfiguredAgents.Agent(settings, _time, FakeAgentServer.Key));
        Assert.Contains("WRONG crewai input: the crew takes task, and the bot gives it question; change the crew, or Agent:CrewAi:Input", await ConfiguredAgents.ExamineAsync(settings, _time));
    }

    private static AgentTask Task() => new(PromptText.Of("unlock my account"), "en", []) { Requester = new PersonId("alice"), Thread = "00112233445566778899aabbccddeeff" };

    public sealed class Prism : IAsyncLifetime
    {
        private NodeServer? _server;
        private Uri? _url;

        /// <summary>Skips where prism is not installed.</summary>
        public Dictionary<string, string> Settings
        {
            get
            {
                Assert.SkipWhen(_url is null, "prism is not installed; npm install @stoplight/prism-cli and set ITOPS_PRISM to the folder in which node_modules is.");
                return FakeAgentServer.Settings("crewai", _url!);
            }
        }

        public async ValueTask InitializeAsync()
        {
            if (Environment.GetEnvironmentVariable("ITOPS_PRISM") is not { Length: > 0 } modules || !Directory.Exists(Path.Combine(modules, "node_modules", "@stoplight", "prism-cli")))
                return;
            var folder = NodeServer.FolderWith(modules);
            var description = Path.Combine(Repository.Root, "tests", "ItOps.Bot.Knowledge.Tests", "Agents", "crewai.openapi.yaml");
            _server = await NodeServer.StartAsync(
                folder, ["node_modules/@stoplight/prism-cli/dist/index.js", "mock", "--errors", "--host", "127.0.0.1", "--port", "0", description], [], "listening on");
            _url = new(_server.Greeting[_server.Greeting.IndexOf("http://", StringComparison.Ordinal)..].Trim());
        }

        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
                await _server.DisposeAsync();
        }
    }
}
