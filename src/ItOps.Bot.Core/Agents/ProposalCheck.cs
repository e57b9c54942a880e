using ItOps.Bot.Knowledge;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Agents;

/// <summary>
/// Takes from a proposal what may be believed: a runbook that was offered, parameters of that runbook, and values that the person's own words give. A value
/// that bears identity must itself stand in these words, so that the worst that a hijacked agent can do is to ask a wrong question (I5). Pure.
/// </summary>
public static class ProposalCheck
{
    public const int MostWishes = 8;

    /// <summary>An agent that is less sure than this only adds to what the person is asked.</summary>
    public const double Sure = 0.5;

    /// <summary>For whom, what is to be done, and with what: "a new hire | needs | Zoom". More would let an agent say anything with the words of a long message.</summary>
    private const int MostPieces = 3;
    private const int LongestQuote = 500;

    /// <summary>None when the runbook was not offered, its evidence is nothing that the person said, or the agent's confidence is no number from 0 to 1.</summary>
    public static Suggestion? Check(AgentProposal? proposal, IReadOnlyList<Runbook> offered, string text, string by) => Check(proposal, offered, text, new PersonsWords(text), by);

    /// <summary>
    /// The wishes in the words that the person wrote, with what may be believed of their proposals; none when one of them says what the person did not, two are the same,
    /// or they make no sense together.
    /// </summary>
    public static IReadOnlyList<Wish>? Check(IReadOnlyList<AgentWish> wishes, IReadOnlyList<Runbook> offered, string text, string by)
    {
        if (wishes.Count is 0 or > MostWishes || wishes.Where((w, i) => w.Text.Length > LongestQuote || w.After.Any(before => before < 0 || before >= i)).Any())
            return null;
        var words = new PersonsWords(text);
        var believed = new List<Wish>();
        foreach (var wish in wishes)
        {
            if (words.Join(wish.Text, MostPieces) is not { } said)
                return null;
            believed.Add(new(said) { After = wish.After, Suggested = Check(wish.Proposal, offered, said, words, by) });
        }

        return believed.DistinctBy(w => (w.Text.ToUpperInvariant(), w.Suggested is { Confidence: >= Sure } sure ? sure.RunbookId : null)).Count() == believed.Count ? believed : null;
    }

    /// <summary>As much of the message as may be, from where the words of a wish begin in it.</summary>
    public static string Around(string wish, string text, int length) => new PersonsWords(text).Around(wish, MostPieces, length);

    private static Suggestion? Check(AgentProposal? proposal, IReadOnlyList<Runbook> offered, string about, PersonsWords words, string by)
    {
        if (proposal is null || proposal.Confidence is not (>= 0 and <= 1) || offered.FirstOrDefault(r => r.Id == proposal.RunbookId) is not { } runbook || Quoted(proposal.Evidence, words) is null)
            return null;
        var values = proposal.Values
            .GroupBy(v => v.Parameter, StringComparer.Ordinal)
            .Where(g => g.Count() == 1)
            .Select(g => g.Single())
            .Select(v => runbook.Parameter(v.Parameter) is { } parameter ? Given(parameter, v, words) : null)
            .OfType<SuggestedValue>();
        return new(about, runbook.Id, by, [.. values]) { Confidence = proposal.Confidence };
    }

    /// <summary>What the person wrote there is kept, and not how the agent wrote it.</summary>
    private static SuggestedValue? Given(RunbookParameter parameter, AgentValue value, PersonsWords words)
    {
        if (Quoted(value.Evidence, words) is not { } evidence)
            return null;
        var given = parameter.Kind switch
        {
            ParameterKind.Choice => parameter.Options.FirstOrDefault(o => o.Value == value.Value)?.Value,
            ParameterKind.Platform => Platforms.Options.FirstOrDefault(o => o.Value == value.Value)?.Value,
            // Which accounts somebody has, only the directory says.
            ParameterKind.Account => null,
            _ => Quoted(value.Value, new PersonsWords(evidence)) is { } said && SlotValue.IsSafe(said) ? said : null,
        };
        return given is null ? null : new(parameter.Name, given, evidence);
    }

    private static string? Quoted(string quote, PersonsWords words) => quote.Length <= LongestQuote ? words.Find(quote) : null;
}
