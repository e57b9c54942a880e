using ItOps.Bot.People;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Agents;

/// <summary>All that an agent is told. No account, group or person is looked up for it, and nothing is named that an operation takes.</summary>
/// <param name="Language">Two-letter code of the language in which the person writes.</param>
/// <param name="Offered">The runbooks to choose from, likeliest first; of a runbook, an agent gets its title, summary and parameters.</param>
public sealed record AgentTask(PromptText Text, string Language, IReadOnlyList<Runbook> Offered)
{
    /// <summary>Whose budget it is; not told to the agent.</summary>
    public required PersonId Requester { get; init; }

    /// <summary>The same for all turns of a conversation and says nothing about it: 32 lower-case hexadecimal digits.</summary>
    public required string Thread { get; init; }

    /// <summary>What the person said before in this conversation, oldest first.</summary>
    public IReadOnlyList<PromptText> Earlier { get; init; } = [];

    /// <summary>The parameter that was asked for when the text is an answer.</summary>
    public string? Asking { get; init; }
}

/// <summary>What an agent says: nothing of it is believed before <see cref="ProposalCheck"/>.</summary>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Evidence">The words of the message for which the runbook was chosen.</param>
public sealed record AgentProposal(string RunbookId, double Confidence, string Evidence, IReadOnlyList<AgentValue> Values);

/// <param name="Value">For a choice, one of its options; else words of the message.</param>
/// <param name="Evidence">The words of the message that say so.</param>
public sealed record AgentValue(string Parameter, string Value, string Evidence);

/// <param name="Text">The wish in words of the message, able to stand alone.</param>
/// <param name="After">Places, from 0, of the wishes of the same message that must be done first.</param>
public sealed record AgentWish(string Text, IReadOnlyList<int> After, AgentProposal? Proposal);
