using ItOps.Bot.Agents;

namespace ItOps.Bot.Host.Composition;

/// <summary>
/// <c>Agent:Framework</c>, <c>Agent:Runbooks:ID</c> and <c>Agent:Ask</c>, read anew for each message. What is wrong at the start keeps the bot from starting; what
/// becomes wrong later counts as built-in, which proposes the least.
/// </summary>
internal sealed class AgentSettings(IConfiguration configuration) : IAgentSettings
{
    private const string FrameworkKey = "Agent:Framework";
    private const string RunbooksKey = "Agent:Runbooks";
    private const string AskKey = "Agent:Ask";
    private const string Unsure = "unsure";
    private const string Always = "always";

    public string Framework => Known(configuration[FrameworkKey]) ?? AgentFrameworks.BuiltIn;

    public bool AskAlways => configuration[AskKey] == Always;

    public string? FrameworkOf(string runbookId) => Known(configuration[$"{RunbooksKey}:{runbookId}"]);

    /// <summary>Every framework that some message may go to.</summary>
    /// <exception cref="SettingException">One of them is unknown.</exception>
    public static IReadOnlyList<string> Named(IConfiguration configuration)
    {
        if (configuration[AskKey] is { Length: > 0 } ask && ask is not (Unsure or Always))
            throw new SettingException($"{AskKey} is '{ask}'; it must be {Unsure} or {Always}.");
        return [.. configuration.GetSection(RunbooksKey).GetChildren().Append(configuration.GetSection(FrameworkKey)).Where(s => s.Value is { Length: > 0 }).Select(s => Known(s.Value)
            ?? throw new SettingException($"{s.Path} is '{s.Value}'; it must be one of {string.Join(", ", AgentFrameworks.All)}.")).Distinct()];
    }

    private static string? Known(string? framework) => AgentFrameworks.All.FirstOrDefault(f => f == framework);
}
