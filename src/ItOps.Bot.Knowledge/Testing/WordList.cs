using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>
/// Tells a list of everybody's words from a runbook. One that people are helped with shares a third of its neighbours' words at most; one that is stuffed with
/// keywords has most words of many. This needs no index, and so holds for whatever finds runbooks later.
/// </summary>
internal static class WordList
{
    private const int ShortestWord = 4;
    private const int FewestWords = 10;
    private const int Victims = 3;
    private const double Share = 0.5;
    private const int Examples = 3;

    public static IEnumerable<SourceProblem> Find(IEnumerable<RunbookSource> suspects, IReadOnlyCollection<Runbook> all)
    {
        var words = all.Select(r => (r.Id, Words: Words(r.Utterances))).Where(r => r.Words.Count >= FewestWords).ToList();
        var having = words.SelectMany(r => r.Words.Select(w => (Word: w, r.Id))).ToLookup(w => w.Word, w => w.Id, StringComparer.Ordinal);
        foreach (var source in suspects)
        {
            var runbook = source.Runbook;
            var shared = Words([.. runbook.Utterances, .. runbook.Synonyms.SelectMany(s => s), runbook.Title]).SelectMany(w => having[w]).CountBy(id => id).ToDictionary(StringComparer.Ordinal);
            var covered = words.Where(r => r.Id != runbook.Id && shared.GetValueOrDefault(r.Id) >= r.Words.Count * Share).Select(r => r.Id).Order(StringComparer.Ordinal).ToList();
            if (covered.Count >= Victims)
            {
                yield return new(runbook.Source, source.LineOf("utterances"), $"'{runbook.Id}' has most of the words of {covered.Count} other runbooks, such as "
                    + $"{string.Join(", ", covered.Take(Examples).Select(id => $"'{id}'"))}; write how people ask for this one thing, and not every word that there is");
            }
        }
    }

    private static HashSet<string> Words(IEnumerable<string> texts) => texts
        .SelectMany(t => string.Concat(Folding.Fold(t).Select(c => char.IsLetter(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(w => w.Length >= ShortestWord).ToHashSet(StringComparer.Ordinal);
}
