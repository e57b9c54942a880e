using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Agents;

/// <summary>
/// Takes from a proposal what may be believed: a runbook that was offered, parameters of that runbook, and values that the person's own words give. A value
/// that bears identity must itself stand in these words, so that the worst that a hijacked agent can do is to ask a wrong question (I5). Pure.
/// </summary>
public static class ProposalCheck
{
    public const int MostWishes = 8;
    private const int LongestValue = 128;
    private const int LongestWish = 500;

    /// <summary>None when the runbook was not offered, or the agent's confidence is no number from 0 to 1.</summary>
    public static Suggestion? Check(AgentProposal? proposal, IReadOnlyList<Runbook> offered, string text, string by)
    {
        if (proposal is null || proposal.Confidence is not (>= 0 and <= 1))
            return null;
        if (offered.FirstOrDefault(r => r.Id == proposal.RunbookId) is not { } runbook)
            return null;
        var words = new PersonsWords(text);
        var values = proposal.Values
            .GroupBy(v => v.Parameter, StringComparer.Ordinal)
            .Where(g => g.Count() == 1)
            .Select(g => g.Single())
            .Where(v => runbook.Parameter(v.Parameter) is { } parameter && IsGiven(parameter, v, words))
            .Select(v => new SuggestedValue(v.Parameter, v.Value.Trim(), v.Evidence.Trim()));
        return new(text, runbook.Id, by, [.. values]);
    }

    /// <summary>The wishes with what may be believed of their proposals; none when one of them says what the person did not, or they make no sense together.</summary>
    public static IReadOnlyList<(AgentWish Wish, Suggestion? Suggested)>? Check(IReadOnlyList<AgentWish> wishes, IReadOnlyList<Runbook> offered, string text, string by)
    {
        var words = new PersonsWords(text);
        if (wishes.Count is 0 or > MostWishes)
            return null;
        for (var i = 0; i < wishes.Count; i++)
        {
            var at = i;
            if (wishes[i].Text.Length > LongestWish || wishes[i].Text.Any(char.IsControl) || !words.Hold(wishes[i].Text) || wishes[i].After.Any(before => before < 0 || before >= at))
                return null;
        }

        return [.. wishes.Select(w => (w, Check(w.Proposal, offered, text, by) is { } suggestion ? suggestion with { Text = w.Text } : null))];
    }

    private static bool IsGiven(RunbookParameter parameter, AgentValue value, PersonsWords words)
    {
        if (value.Value.Length is 0 or > LongestValue || value.Value.Any(char.IsControl) || value.Evidence.Length > LongestWish || !words.Say(value.Evidence))
            return false;
        return parameter.Kind switch
        {
            ParameterKind.Choice => parameter.Options.Any(o => o.Value == value.Value),
            // Which accounts somebody has, only the directory says.
            ParameterKind.Account => false,
            ParameterKind.Platform => Platforms.Options.Any(o => o.Value == value.Value),
            _ => words.Say(value.Value),
        };
    }
}
