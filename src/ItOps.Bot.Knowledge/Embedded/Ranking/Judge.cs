using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>Weighs what a part of a text says for and against one runbook.</summary>
internal sealed class Judge
{
    private static readonly string[] ElsewhereTexts = [.. EmbeddedText.Lines("elsewhere.txt").Where(l => !l.StartsWith('['))];

    private static readonly HashSet<string> Systems =
        [.. SystemNames.All.SelectMany(s => Vocabulary.Default.Read(Tokenizer.Tokens(s))).Select(r => r.Meaning)];

    private readonly record struct Word(int Id, float Weight, Term Term, WordMatch By);

    private readonly Lexicon _lexicon;
    private readonly float[] _mostTypical;
    private readonly ExampleSet _elsewhere;
    private readonly Calibration _calibration;

    // "Excel is slow" is for a runbook that asks which application it is, and not for one that only mentions applications.
    private readonly int _application;

    public Judge(Lexicon lexicon, float[] mostTypical, ExampleSet elsewhere, Calibration calibration)
    {
        (_lexicon, _mostTypical, _elsewhere, _calibration) = (lexicon, mostTypical, elsewhere, calibration);
        _application = lexicon.Find("application");
    }

    /// <summary>Numbers the words of the topics that no runbook is about.</summary>
    public static ExampleSet ReadElsewhere(WordNumbers numbers) =>
        new([.. ElsewhereTexts.Select(t => RunbookWords.Numbers(t, numbers).Distinct().ToList())]);

    /// <param name="said">Zeros, as many as there are words; left as it was found.</param>
    public (string? Text, float Likeness) Elsewhere(IReadOnlyList<Term> terms, float[] said)
    {
        var total = 0f;
        foreach (var term in terms)
        {
            total += term.Weight;
            if (term.Id >= 0)
                said[term.Id] = Math.Max(said[term.Id], term.Weight);
        }

        var (best, _, index) = _elsewhere.Nearest(said, total, _lexicon.Worth);
        foreach (var term in terms)
        {
            if (term.Id >= 0)
                said[term.Id] = 0;
        }

        return (index < 0 ? null : ElsewhereTexts[index], best);
    }

    /// <param name="part">The words to be read, and what stands around them.</param>
    public Judgement Score(RunbookWords runbook, in TextPart part, float[] said)
    {
        var words = Words(part.Terms, runbook);
        var sums = new Sums();
        foreach (var word in words)
        {
            Say(said, word);
            sums.Add(word.Weight, word.Term.Class, word.Id >= 0 && runbook.Has(word.Id) ? Typicality(runbook, word.Id) : -1);
        }

        var judgement = default(Judgement) with { Runbook = runbook, Example = -1, CounterExample = -1, Odds = double.NegativeInfinity };
        if (sums.Covered > 0)
        {
            var (nearest, three, example) = runbook.Examples.Nearest(said, sums.All, _lexicon.Worth);

            // A counter-example speaks only when a word is said that this runbook does not have itself: "jira" alone is not "jira is down".
            var (against, _, counter) = runbook.CounterExamples.Nearest(said, sums.All, _lexicon.Worth, word => !runbook.Has(word));
            var evidence = new Evidence
            {
                Nearest = nearest,
                NearestThree = three,
                Covered = sums.Covered / sums.All,
                Typical = sums.Typical / sums.Covered,
                Amount = Math.Min(1, sums.Covered / 1.5f),
                ForeignThings = Math.Min(2, sums.Things),
                ForeignSymptoms = Math.Min(2, sums.Symptoms),
                ForeignIntents = Math.Min(2, sums.Intents),
                ForeignAround = Math.Min(2, part.NamedAround),
                Against = Margin(against, nearest),
                Elsewhere = Margin(part.Elsewhere, nearest),
                Unread = part.Unread,
                Aside = part.IsAside ? 1 : 0,
            };
            var odds = _calibration.Odds(evidence) - (against >= Calibration.WordForWord && against > nearest ? Calibration.Unwanted : 0);
            judgement = new Judgement(runbook, evidence, odds, part.Place, example, evidence.Against > 0 ? counter : -1, against);
        }

        foreach (var word in words)
            Unsay(said, word);
        return judgement;
    }

    /// <summary>A kind of thing is compared by both names: counter-examples tend to say "Excel", examples "applications".</summary>
    private static void Say(float[] said, Word word)
    {
        if (word.Id >= 0)
            said[word.Id] = Math.Max(said[word.Id], word.Weight);
        if (word.By == WordMatch.Kind && word.Term.Id >= 0)
            said[word.Term.Id] = word.Weight;
    }

    private static void Unsay(float[] said, Word word)
    {
        if (word.Id >= 0)
            said[word.Id] = 0;
        if (word.By == WordMatch.Kind && word.Term.Id >= 0)
            said[word.Term.Id] = 0;
    }

    private float Typicality(RunbookWords runbook, int word) => _mostTypical[word] > 0 ? runbook.RateOf(word) / _mostTypical[word] : 0;

    private struct Sums
    {
        public float All, Covered, Typical, Things, Symptoms, Intents;

        /// <param name="typicality">Negative for a word that the runbook does not have.</param>
        public void Add(float weight, WordClass wordClass, float typicality)
        {
            All += weight;
            if (typicality >= 0)
            {
                Covered += weight;
                Typical += weight * typicality;
            }
            else if (weight > Calibration.AnswerWorth)
            {
                Things += wordClass == WordClass.Thing ? weight : 0;
                Symptoms += wordClass == WordClass.Symptom ? weight : 0;
                Intents += wordClass == WordClass.Intent ? weight : 0;
            }
        }
    }

    public (List<MatchedWord> Matched, List<string> Foreign) Words(RunbookWords runbook, IReadOnlyList<Term> terms)
    {
        var words = Words(terms, runbook);
        var matched = words.Where(w => w.Id >= 0 && runbook.Has(w.Id)).OrderByDescending(w => w.Weight).ThenBy(w => w.Term.Reading.Said, StringComparer.Ordinal)
            .Select(w => new MatchedWord(w.Term.Reading.Said, _lexicon.MeaningOf(w.Id), w.By, Math.Round(w.Weight, 4))).ToList();
        var foreign = words.Where(w => (w.Id < 0 || !runbook.Has(w.Id)) && w.Weight > Calibration.AnswerWorth && w.Term.Class is WordClass.Thing or WordClass.Symptom)
            .Select(w => w.Term.Reading.Said).Distinct().ToList();
        return (matched, foreign);
    }

    /// <summary>Evidence against counts from a little below the nearest way of asking.</summary>
    private static float Margin(float against, float nearest) => against <= 0 ? 0 : Math.Max(0, Closeness(against) - Closeness(nearest) + 0.2f);

    /// <summary>From 0 to 3, steeper the nearer: the same words say far more than nearly the same.</summary>
    private static float Closeness(float likeness) => -MathF.Log(1.05f - Math.Min(1, likeness));

    /// <summary>The terms with the runbook's synonyms brought together; each meaning once, with the weight of its weightiest word.</summary>
    private List<Word> Words(IReadOnlyList<Term> terms, RunbookWords runbook)
    {
        Span<int> ids = terms.Count <= 256 ? stackalloc int[terms.Count] : new int[terms.Count];
        for (var i = 0; i < terms.Count; i++)
            ids[i] = terms[i].Id;

        var words = new List<Word>(terms.Count);
        for (var i = 0; i < terms.Count; i++)
        {
            if (ids[i] >= 0 && runbook.PhraseAt(ids[i..]) is { } phrase)
            {
                var weight = 0f;
                for (var at = i; at < i + phrase.Length; at++)
                    weight = Math.Max(weight, terms[at].Weight);
                Merge(words, new Word(phrase.Meaning, Math.Max(weight, _lexicon.Worth[phrase.Meaning]), terms[i], WordMatch.Synonym));
                i += phrase.Length - 1;
            }
            else
            {
                Merge(words, WordOf(terms[i], runbook));
            }
        }

        return words;
    }

    private Word WordOf(Term term, RunbookWords runbook)
    {
        var id = term.Id < 0 ? -1 : runbook.Meaning(term.Id);
        if (id >= 0 && runbook.Has(id))
            return new Word(id, term.Weight, term, id == term.Id ? term.Reading.By : WordMatch.Synonym);
        if (KindOf(term, runbook) is var kind and >= 0)
            return new Word(kind, Calibration.KindWorth * Math.Max(_lexicon.Worth[kind], term.Weight * 0.8f), term, WordMatch.Kind);
        return new Word(id, IsAnswer(term, runbook) ? Calibration.AnswerWorth : term.Weight, term, term.Reading.By);
    }

    private int KindOf(Term term, RunbookWords runbook)
    {
        foreach (var kind in (ReadOnlySpan<int>)[term.Kind, term.WiderKind])
        {
            if (kind >= 0 && runbook.Meaning(kind) is var meaning && runbook.Has(meaning) && (kind != _application || runbook.AsksForSoftware))
                return meaning;
        }

        return -1;
    }

    private static bool IsAnswer(Term term, RunbookWords runbook) =>
        (runbook.AsksForSystem && Systems.Contains(term.Reading.Meaning))
        || (runbook.AsksForSoftware && (term.Class == WordClass.Unknown || Vocabulary.Default.Find(term.Reading.Meaning)?.Kinds.Contains("application") == true));

    private static void Merge(List<Word> words, Word word)
    {
        var same = word.Id < 0 ? -1 : words.FindIndex(w => w.Id == word.Id);
        if (same < 0)
            words.Add(word);
        else if (words[same].Weight < word.Weight)
            words[same] = word;
    }
}
