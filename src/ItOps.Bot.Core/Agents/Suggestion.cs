namespace ItOps.Bot.Agents;

/// <summary>What is left of a proposal once it was checked: a runbook that was offered, and values that the person's own words give.</summary>
/// <param name="Text">The words that it is about.</param>
/// <param name="RunbookId">Empty when the agent was asked and had nothing to say.</param>
/// <param name="By">The framework that said so.</param>
public sealed record Suggestion(string Text, string RunbookId, string By, IReadOnlyList<SuggestedValue> Values)
{
    /// <summary>From 0 to 1. What was stored without it was kept only when the agent was sure.</summary>
    public double Confidence { get; init; } = 1;
}

/// <param name="Value">For a choice, one of its options; else words of the person.</param>
/// <param name="Evidence">Words of the person.</param>
public sealed record SuggestedValue(string Parameter, string Value, string Evidence);
