namespace ItOps.Bot.Agents;

/// <summary>What <c>Agent:Framework</c> may be.</summary>
public static class AgentFrameworks
{
    /// <summary>The rules, and the model where one is configured.</summary>
    public const string BuiltIn = "built-in";
    public const string LangGraph = "langgraph";
    public const string LangChain = "langchain";
    public const string CrewAi = "crewai";
    public const string AutoGen = "autogen";
    public const string SemanticKernel = "semantic-kernel";

    public static IReadOnlyList<string> All { get; } = [BuiltIn, LangGraph, LangChain, CrewAi, AutoGen, SemanticKernel];
}

/// <summary>Which agent is asked. Looked up for each message, so that a change of settings counts from the next one on.</summary>
public interface IAgentSettings
{
    /// <summary>One of <see cref="AgentFrameworks.All"/>.</summary>
    string Framework { get; }

    /// <summary>The framework for what one runbook takes; none when it has none of its own.</summary>
    string? FrameworkOf(string runbookId);

    /// <summary>Agents are asked about every wish, not only where the rules are unsure.</summary>
    bool AskAlways { get; }
}
