using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.A2a;
using ItOps.Bot.Knowledge.Agents.CrewAi;
using ItOps.Bot.Knowledge.Agents.LangGraph;
using ItOps.Bot.Knowledge.Agents.Remote;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Agents;

/// <summary>Registers the agents in processes of their own, each of which has an address in the settings: five frameworks over three protocols.</summary>
public static class AgentsModule
{
    private const string Kickoff = "kickoff";
    private const string A2aProtocol = "a2a";

    private static readonly (string Framework, string Section, Action<IServiceCollection, RemoteAgentSettings> Register)[] s_agents =
    [
        (AgentFrameworks.LangGraph, "LangGraph", AddLangGraph),
        (AgentFrameworks.LangChain, "LangChain", AddLangGraph),
        (AgentFrameworks.CrewAi, "CrewAi", AddCrewAi),
        (AgentFrameworks.AutoGen, "AutoGen", AddA2a),
        (AgentFrameworks.SemanticKernel, "SemanticKernel", AddA2a),
    ];

    /// <param name="agents">The section <c>Agent</c>.</param>
    /// <param name="named">The frameworks that some message may go to: each must have an address.</param>
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static IServiceCollection AddRemoteAgents(this IServiceCollection services, IConfigurationSection agents, IReadOnlyList<string> named)
    {
        foreach (var (framework, name, register) in s_agents)
        {
            var settings = new RemoteAgentSettings(agents.GetSection(name), framework);
            if (settings.Optional("Url") is not null)
                register(services, settings);
            else if (named.Contains(framework))
                throw settings.Wrong("Url", $"is missing, although Agent:Framework or Agent:Runbooks names {framework}");
        }

        return services;
    }

    private static void AddLangGraph(IServiceCollection services, RemoteAgentSettings settings)
    {
        var options = LangGraphOptions.From(settings);
        services
            .AddKeyedSingleton(settings.Framework, (p, _) => new LangGraphClient(options, p.GetRequiredService<TimeProvider>()))
            .AddSingleton<IAgent>(p => new RemoteAgent(p.GetRequiredKeyedService<LangGraphClient>(settings.Framework)))
            .AddSingleton<ISelfCheck>(p => new LangGraphSelfCheck(p.GetRequiredKeyedService<LangGraphClient>(settings.Framework)));
    }

    private static void AddA2a(IServiceCollection services, RemoteAgentSettings settings)
    {
        var options = A2aOptions.From(settings);
        services
            .AddKeyedSingleton(settings.Framework, (p, _) => new A2aClient(options, p.GetRequiredService<TimeProvider>()))
            .AddSingleton<IAgent>(p => new RemoteAgent(p.GetRequiredKeyedService<A2aClient>(settings.Framework)))
            .AddSingleton<ISelfCheck>(p => new A2aSelfCheck(p.GetRequiredKeyedService<A2aClient>(settings.Framework)));
    }

    private static void AddCrewAi(IServiceCollection services, RemoteAgentSettings settings)
    {
        var protocol = settings.Optional("Protocol") ?? Kickoff;
        if (protocol == A2aProtocol)
        {
            AddA2a(services, settings);
            return;
        }

        if (protocol != Kickoff)
            throw settings.Wrong("Protocol", $"is '{protocol}'; it must be {Kickoff} or {A2aProtocol}");
        var options = CrewAiOptions.From(settings);
        services
            .AddKeyedSingleton(settings.Framework, (p, _) => new CrewAiClient(options, p.GetRequiredService<TimeProvider>()))
            .AddSingleton<IAgent>(p => new RemoteAgent(p.GetRequiredKeyedService<CrewAiClient>(settings.Framework)))
            .AddSingleton<ISelfCheck>(p => new CrewAiSelfCheck(p.GetRequiredKeyedService<CrewAiClient>(settings.Framework)));
    }
}
