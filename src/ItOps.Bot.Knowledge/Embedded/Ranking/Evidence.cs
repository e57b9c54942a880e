namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>What speaks for and against one runbook in one part of a text.</summary>
internal readonly record struct Evidence
{
    public const int Count = 13;

    /// <summary>Likeness of the nearest way of asking, from 0 to 1.</summary>
    public float Nearest { get; init; }

    /// <summary>Mean likeness of the nearest three.</summary>
    public float NearestThree { get; init; }

    /// <summary>Share of the part's weight that the runbook has words for.</summary>
    public float Covered { get; init; }

    /// <summary>How much the covered words are this runbook's, compared with the one that has them most.</summary>
    public float Typical { get; init; }

    /// <summary>How much was covered in all: one common word says little even where it is the whole part. At most 1.</summary>
    public float Amount { get; init; }

    /// <summary>Weight of words that name a thing which the runbook is not about. At most 2, like the other foreign words.</summary>
    public float ForeignThings { get; init; }

    /// <summary>Weight of symptoms that the runbook is not about.</summary>
    public float ForeignSymptoms { get; init; }

    /// <summary>Weight of intents ("how do I", "what is") that no way of asking has.</summary>
    public float ForeignIntents { get; init; }

    /// <summary>Weight of foreign things and symptoms in the rest of the text.</summary>
    public float ForeignAround { get; init; }

    /// <summary>How far a counter-example comes near to, or beyond, the nearest way of asking.</summary>
    public float Against { get; init; }

    /// <summary>The same for topics that no runbook is about.</summary>
    public float Elsewhere { get; init; }

    /// <summary>How much of the text's weight is outside of the part.</summary>
    public float Unread { get; init; }

    /// <summary>1 for a part that only tells when or why.</summary>
    public float Aside { get; init; }

    public void CopyTo(Span<float> values)
    {
        ReadOnlySpan<float> all =
        [
            Nearest, NearestThree, Covered, Typical, Amount, ForeignThings, ForeignSymptoms, ForeignIntents, ForeignAround, Against, Elsewhere, Unread, Aside,
        ];
        all.CopyTo(values);
    }
}

/// <summary>One runbook judged in one part of a text.</summary>
/// <param name="Odds">The natural logarithm of how much likelier this runbook is than nothing.</param>
/// <param name="Part">Which part: its place among the parts, or -1 for the whole text.</param>
/// <param name="Example">The nearest way of asking by its place in the runbook, or -1; and the counter-example that spoke against it.</param>
internal readonly record struct Judgement(RunbookWords Runbook, Evidence Evidence, double Odds, int Part, int Example, int CounterExample, float CounterLikeness)
{
    /// <summary>The chance that this runbook is meant, against all others and nothing.</summary>
    public double Score { get; init; }
}
