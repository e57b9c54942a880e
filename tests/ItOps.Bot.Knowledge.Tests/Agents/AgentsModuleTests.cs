using ItOps.Bot.Agents;
using ItOps.Bot.Testing.Agents;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>Which agents there are by the settings, and which settings keep the bot from starting.</summary>
public sealed class AgentsModuleTests
{
    private const string Url = "https://agents.example.com/team";

    [Fact]
    public void An_agent_is_there_when_it_has_an_address()
    {
        Assert.Empty(Frameworks([]));
        Assert.Equal(
            ["langgraph", "langchain", "crewai", "autogen", "semantic-kernel"],
            Frameworks(new() { ["Agent:LangGraph:Url"] = Url, ["Agent:LangChain:Url"] = Url, ["Agent:CrewAi:Url"] = Url, ["Agent:AutoGen:Url"] = Url, ["Agent:SemanticKernel:Url"] = Url }));
        Assert.Equal(["crewai"], Frameworks(new() { ["Agent:CrewAi:Url"] = Url, ["Agent:CrewAi:Protocol"] = "a2a" }));
    }

    [Theory]
    [InlineData("langgraph", "LangGraph")]
    [InlineData("langchain", "LangChain")]
    [InlineData("crewai", "CrewAi")]
    [InlineData("autogen", "AutoGen")]
    [InlineData("semantic-kernel", "SemanticKernel")]
    public void One_that_is_named_and_has_no_address_keeps_the_bot_from_starting(string framework, string section) =>
        Assert.Equal(
            $"Agent:{section}:Url is missing, although Agent:Framework or Agent:Runbooks names {framework}.",
            Assert.Throws<SettingException>(() => ConfiguredAgents.Of([], TimeProvider.System, "built-in", framework)).Message);

    [Theory]
    [InlineData("Agent:LangGraph:Url", "http://agents.example.com", "Agent:LangGraph:AllowHttp=true")]
    [InlineData("Agent:LangGraph:Url", "agents.example.com", "absolute https address")]
    [InlineData("Agent:LangGraph:Url", "ftp://agents.example.com", "absolute https address")]
    [InlineData("Agent:LangGraph:Url", "https://user:password@agents.example.com", "absolute https address")]
    [InlineData("Agent:LangGraph:Url", "https://agents.example.com/?key=1", "absolute https address")]
    [InlineData("Agent:LangGraph:Key", "a\nb: c", "printable ASCII")]
    [InlineData("Agent:LangGraph:KeyHeader", "x api", "the name of a header")]
    [InlineData("Agent:LangGraph:KeyHeader", "Content-Type", "no header that a key can travel in")]
    [InlineData("Agent:LangGraph:KeyHeader", "Content-Length", "no header that a key can travel in")]
    [InlineData("Agent:LangGraph:TimeOutSeconds", "0", "from 1 to 60")]
    [InlineData("Agent:LangGraph:TimeOutSeconds", "soon", "from 1 to 60")]
    [InlineData("Agent:LangGraph:Threads", "perhaps", "true or false")]
    [InlineData("Agent:LangGraph:AllowHttp", "perhaps", "true or false")]
    [InlineData("Agent:CrewAi:Protocol", "rest", "kickoff or a2a")]
    public void A_setting_that_is_wrong_is_named(string key, string value, string expected)
    {
        var settings = new Dictionary<string, string> { ["Agent:LangGraph:Url"] = Url, ["Agent:CrewAi:Url"] = Url, [key] = value };

        var message = Assert.Throws<SettingException>(() => ConfiguredAgents.Of(settings, TimeProvider.System)).Message;

        Assert.StartsWith(key, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("password@", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:2024", null)]
    [InlineData("http://localhost:2024", null)]
    [InlineData("http://agents.internal:2024", "true")]
    [InlineData("https://agents.example.com", null)]
    public void Messages_travel_encrypted_or_not_at_all_or_where_somebody_says_that_it_is_safe(string url, string? allowed) =>
        Assert.Single(Frameworks(new() { ["Agent:LangGraph:Url"] = url, ["Agent:LangGraph:AllowHttp"] = allowed ?? "" }));

    [Theory]
    [InlineData("Key", null)]
    [InlineData("KeyHeader", "x-api-key " + FakeAgentServer.Key)]
    public async Task What_is_blank_is_as_if_it_were_not_there(string blank, string? expected)
    {
        await using var server = await FakeAgentServer.StartAsync();
        var settings = server.Settings("langgraph");
        settings["Agent:LangGraph:" + blank] = " ";

        var asking = ConfiguredAgents.Of(settings, TimeProvider.System).GetRequiredService<IAgent>().RetrieveInstructionsAsync(AgentContract.Asked(), TestContext.Current.CancellationToken);
        await Record.ExceptionAsync(() => asking);

        Assert.Equal(expected, server.KeyGiven);
    }

    private static IEnumerable<string> Frameworks(Dictionary<string, string> settings) => ConfiguredAgents.Of(settings, TimeProvider.System).GetServices<IAgent>().Select(a => a.Framework);
}
