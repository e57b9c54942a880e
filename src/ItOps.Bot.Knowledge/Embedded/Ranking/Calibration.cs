using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// Every number that ranking was given, in one place. The weights of the evidence were fitted (<c>eval fit</c> does it again; docs/decisions/0017-finding.md says
/// how); what words are worth was set by hand.
/// </summary>
internal sealed record Calibration(double Intercept, IReadOnlyList<double> Weights)
{
    /// <summary>In the order of <see cref="Evidence.CopyTo"/>.</summary>
    public static readonly Calibration Fitted = new(-7.27, [1.56, 4.81, 1.07, 1.02, 4.02, -1.08, 0.59, -2.58, -0.48, -2.30, -3.32, -0.64, -0.22]);

    /// <summary>How likely it must be that any runbook is meant.</summary>
    public const double Sure = 0.6;

    /// <summary>The second is about as likely as the first when its log-odds are no further away than this.</summary>
    public const double NearlyAsGood = 0.2;

    /// <summary>A runbook that is less likely than this is not begun without asking, however far behind the others are.</summary>
    public const double TooFewToBegin = 0.4;

    /// <summary>When one word alone tells ("and my jira too"), a second runbook that has this share is asked about too.</summary>
    public const double WorthAsking = 0.05;

    /// <summary>What the log-odds of a runbook lose that is expressly not meant.</summary>
    public const double Unwanted = 4;

    /// <summary>What they gain when the text is one of the runbook's utterances.</summary>
    public const double Wanted = 2;

    /// <summary>A text that is this like an utterance or a counter-example says the same.</summary>
    public const float WordForWord = 0.95f;

    /// <summary>A word that all runbooks have still says this much.</summary>
    public const float LeastRarity = 0.3f;

    public const float RespelledWorth = 0.9f;

    /// <summary>Excel for an application, when the runbook knows applications and not Excel.</summary>
    public const float KindWorth = 0.8f;

    /// <summary>A word that answers a question of the runbook itself.</summary>
    public const float AnswerWorth = 0.1f;

    public double Odds(in Evidence evidence)
    {
        Span<float> values = stackalloc float[Evidence.Count];
        evidence.CopyTo(values);
        var odds = Intercept;
        for (var i = 0; i < values.Length; i++)
            odds += Weights[i] * values[i];
        return odds;
    }

    /// <param name="share">The share of the ways of asking that have the word, in the runbook that has it most.</param>
    public static float Worth(WordClass wordClass, float rarity, float share) => wordClass switch
    {
        WordClass.Stop => 0.04f,
        WordClass.Trouble => 0.2f,
        WordClass.Intent => 0.3f,
        WordClass.Common or WordClass.Generic => 0.35f * rarity,
        WordClass.Thing or WordClass.Symptom => rarity,

        // An ordinary word is a keyword where many ways of asking have it; one that came along once says little.
        _ => rarity * Math.Min(1, 0.4f + (3 * share)),
    };

    /// <summary>A word that no runbook, counter-example or foreign topic has.</summary>
    public static float WorthOfStranger(WordClass wordClass) => wordClass switch
    {
        WordClass.Stop => 0.04f,
        WordClass.Trouble => 0.1f,
        WordClass.Intent => 0.15f,
        WordClass.Common or WordClass.Generic => 0.2f,
        WordClass.Known => 0.4f,
        WordClass.Symptom => 0.7f,
        WordClass.Thing => 1f,
        _ => 0.35f,
    };
}
