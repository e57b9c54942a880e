using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>A text as a whole, or one clause of it: what is wanted often stands in one of them, and the rest is the story around it.</summary>
/// <param name="Place">-1 for the whole text, and the place among the clauses otherwise.</param>
/// <param name="Unread">How much of the text's weight is outside of the part, from 0 to 1.</param>
/// <param name="NamedAround">Weight of the things and symptoms outside of the part.</param>
/// <param name="Elsewhere">Likeness of the nearest topic that no runbook is about.</param>
internal readonly record struct TextPart(IReadOnlyList<Term> Terms, int Place, float Unread, float NamedAround, float Elsewhere)
{
    public bool IsAside => Place >= 0 && Terms[0].Reading.Aside;

    /// <summary>The whole text first.</summary>
    public static List<TextPart> Of(IReadOnlyList<Term> terms, Func<IReadOnlyList<Term>, float> elsewhere)
    {
        var (all, named) = (terms.Sum(t => t.Weight), terms.Sum(Named));
        var parts = new List<TextPart> { new(terms, -1, 0, 0, elsewhere(terms)) };
        foreach (var clause in Clauses(terms))
            parts.Add(new TextPart(clause, parts.Count - 1, 1 - (clause.Sum(t => t.Weight) / all), named - clause.Sum(Named), elsewhere(clause)));
        return parts;
    }

    public static List<List<Term>> Clauses(IReadOnlyList<Term> terms)
    {
        var clauses = terms.GroupBy(t => t.Reading.Clause).Select(g => g.ToList()).ToList();
        return clauses.Count < 2 ? [] : clauses.FindAll(c => !RunbookIndex.SaysOnlyThatSomethingIsWrong(c));
    }

    private static float Named(Term term) => term.Class is WordClass.Thing or WordClass.Symptom ? term.Weight : 0;
}
