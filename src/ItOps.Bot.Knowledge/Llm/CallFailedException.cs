using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>One try at the endpoint failed; the message is for operators and holds nothing that the endpoint or a person wrote.</summary>
internal sealed class CallFailedException(AgentFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public AgentFailure Failure { get; } = failure;

    /// <summary>It may be otherwise in a moment.</summary>
    public bool IsPassing { get; init; }

    /// <summary>How long the endpoint wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The endpoint is at fault, whatever it was asked: after some of these it is left alone. What one message can bring about must not count, or somebody could
    /// take the model from everybody.
    /// </summary>
    public bool IsOfEndpoint => Failure is AgentFailure.Away or AgentFailure.TimedOut or AgentFailure.Refused;
}
