namespace ItOps.Bot.Agents;

/// <summary>An agent is of no use just now. The message is for operators and names no secret.</summary>
public sealed class AgentFailedException(AgentFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public AgentFailure Failure { get; } = failure;
}

/// <summary>Why an agent is of no use.</summary>
public enum AgentFailure
{
    /// <summary>It cannot be reached, or failed so often lately that it is left alone for a while.</summary>
    Away,

    /// <summary>It refused: a wrong key, a missing right, too many calls.</summary>
    Refused,

    /// <summary>It did not end in time.</summary>
    TimedOut,

    /// <summary>It answered something that cannot be read as an answer.</summary>
    Nonsense,

    /// <summary>It answered more than is read.</summary>
    TooBig,

    /// <summary>It said itself that it failed.</summary>
    Failed,

    /// <summary>The person's, or the day's, budget is used up.</summary>
    OverBudget,
}
