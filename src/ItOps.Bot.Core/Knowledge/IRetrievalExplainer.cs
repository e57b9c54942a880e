namespace ItOps.Bot.Knowledge;

/// <summary>Says why a text finds what it finds: for whoever writes runbooks. The verdict and the scores are those of the embedded ranking.</summary>
public interface IRetrievalExplainer
{
    RetrievalExplanation Explain(string text);
}

/// <param name="Unwanted">What the person says that they do not want ("don't reset my password"); it was not read as a wish.</param>
/// <param name="Elsewhere">An example of the likeliest thing that no runbook here is about; none when nothing of that kind is near.</param>
/// <param name="Runbooks">Best first.</param>
public sealed record RetrievalExplanation(
    RetrievalVerdict Verdict, IReadOnlyList<string> Unwanted, NearExample? Elsewhere, IReadOnlyList<RunbookExplanation> Runbooks);

/// <param name="ReadPart">The part of the text that spoke for this runbook; the whole text when it was read as a whole.</param>
/// <param name="Matched">Words of that part that this runbook is found by, weightiest first.</param>
/// <param name="Foreign">Words of that part that name something else, and spoke against it.</param>
/// <param name="Nearest">The most similar way of asking that the runbook gives (an utterance, or its title).</param>
/// <param name="Against">The most similar counter-example that spoke against it; none when none did.</param>
/// <param name="Score">From 0 to 1, as in <see cref="RetrievedRunbook"/>.</param>
public sealed record RunbookExplanation(
    string RunbookId, double Score, string ReadPart, IReadOnlyList<MatchedWord> Matched, IReadOnlyList<string> Foreign, NearExample? Nearest, NearExample? Against);

/// <summary>A word as it was said, and what it was taken for.</summary>
/// <param name="Weight">From 0 to 1: a word of one runbook says more than a word of all.</param>
public sealed record MatchedWord(string Said, string Meaning, WordMatch By, double Weight);

/// <summary>An example and how like it the text is, from 0 to 1.</summary>
public sealed record NearExample(string Text, double Likeness);

/// <summary>By which rule a word of a text met a word of a runbook.</summary>
public enum WordMatch
{
    /// <summary>The same word, in this or another form.</summary>
    Word,

    /// <summary>Another word for the same, in general or for this runbook alone.</summary>
    Synonym,

    /// <summary>The same in another language.</summary>
    Translated,

    /// <summary>An error code that belongs to it.</summary>
    ErrorCode,

    /// <summary>A kind of it: Excel is an application.</summary>
    Kind,

    /// <summary>A misspelling of it.</summary>
    Respelled,

    /// <summary>Part of a compound word.</summary>
    Compound,

    /// <summary>Mostly the same letters.</summary>
    Similar,
}
