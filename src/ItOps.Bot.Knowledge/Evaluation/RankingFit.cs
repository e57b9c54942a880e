using System.Globalization;
using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Knowledge.Embedded.Ranking;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>
/// Fits the weights of the ranking's evidence: a conditional logit over the runbooks that come into question and "none of them". It learns from the runbooks'
/// own utterances, each looked up in a library that lacks it and a fifth of all others, and from labelled texts. The order is fixed, so the same input gives the
/// same weights.
/// </summary>
public static class RankingFit
{
    private const int Folds = 5;
    private const int Rounds = 4;
    private const int Steps = 600;
    private const double Pace = 0.5;
    private const double Ridge = 0.0005;
    private const double WorthOfUtterance = 0.5;

    // So that about a quarter of all that is learned from is for nobody here, as in the tickets of a helpdesk.
    private const double WorthOfNothing = 3;
    private const string OutOfScope = "out_of_scope";

    private sealed record Line(string Text, string Label, IReadOnlyList<string>? Acceptable = null, string? Unwanted = null);

    /// <param name="IsRight">Whether a runbook, or none (null), answers the text.</param>
    private sealed record Question(string Text, Func<string?, bool> IsRight, double Weight);

    private sealed record Choice(float[][] Options, bool[] Right, double Weight);

    /// <returns>The weights as they stand in <c>Calibration</c>, one line each with its name.</returns>
    public static string Run(RunbookCatalog catalog, IReadOnlyList<string> files)
    {
        var runbooks = catalog.All.Where(r => r.IsFound).ToList();
        var lines = files.SelectMany(f => JsonLines.Read<Line>(f, "a routing line with 'text', 'label' and 'acceptable'")).ToList();
        var calibration = Calibration.Fitted;
        for (var round = 0; round < Rounds; round++)
        {
            var choices = Choices(runbooks, lines, calibration).ToList();
            calibration = Climb(choices, calibration);
        }

        return Print(calibration);
    }

    private static IEnumerable<Choice> Choices(List<Runbook> runbooks, List<Line> lines, Calibration calibration)
    {
        var whole = RunbookIndex.Of(runbooks, null, calibration);
        foreach (var line in lines)
        {
            bool IsRight(string? id) => line.Unwanted is not null ? id != line.Unwanted
                : (id ?? OutOfScope) == line.Label || line.Acceptable?.Contains(id ?? OutOfScope) == true;
            if (ChoiceOf(whole, new Question(line.Text, IsRight, line.Label == OutOfScope ? WorthOfNothing : 1)) is { } choice)
                yield return choice;
        }

        for (var fold = 0; fold < Folds; fold++)
        {
            var rest = RunbookIndex.Of(runbooks.Select(r => r with { Utterances = [.. r.Utterances.Where((_, i) => i % Folds != fold)] }), null, calibration);
            foreach (var runbook in runbooks)
            {
                foreach (var text in runbook.Utterances.Where((_, i) => i % Folds == fold))
                {
                    if (ChoiceOf(rest, new Question(text, id => id == runbook.Id, WorthOfUtterance)) is { } choice)
                        yield return choice;
                }
            }
        }
    }

    private static Choice? ChoiceOf(RunbookIndex index, Question question)
    {
        var (meant, excluded) = Negation.Split(Tokenizer.Tokens(Boilerplate.Without(question.Text)));
        var ranked = index.Rank(index.Lexicon.Terms(meant), index.Lexicon.Terms(excluded));
        bool[] right = [question.IsRight(null), .. ranked.Select(j => question.IsRight(j.Runbook.Id))];
        if (ranked.Count == 0 || right.All(r => !r) || right.All(r => r))
            return null;
        return new Choice([.. ranked.Select(j => Values(j.Evidence))], right, question.Weight);
    }

    private static float[] Values(Evidence evidence)
    {
        var values = new float[Evidence.Count + 1];
        values[0] = 1;
        evidence.CopyTo(values.AsSpan(1));
        return values;
    }

    /// <summary>Gradient ascent with a step of its own for each weight (Adam).</summary>
    private static Calibration Climb(List<Choice> choices, Calibration from)
    {
        double[] weights = [from.Intercept, .. from.Weights];
        double[] slope = new double[weights.Length], mean = new double[weights.Length], spread = new double[weights.Length];
        var total = choices.Sum(c => c.Weight);
        for (var step = 1; step <= Steps; step++)
        {
            Array.Clear(slope);
            foreach (var choice in choices)
                AddSlope(choice, weights, slope);
            for (var i = 0; i < weights.Length; i++)
            {
                var gradient = (slope[i] / total) - (Ridge * weights[i]);
                mean[i] = (0.9 * mean[i]) + (0.1 * gradient);
                spread[i] = (0.99 * spread[i]) + (0.01 * gradient * gradient);
                weights[i] += Pace * (1 - ((double)step / Steps)) * mean[i] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(spread[i] / (1 - Math.Pow(0.99, step))) + 1e-6) * 0.1;
            }
        }

        return new Calibration(weights[0], weights[1..]);
    }

    private static void AddSlope(Choice choice, double[] weights, double[] slope)
    {
        var odds = choice.Options.Select(o => Math.Exp(o.Select((value, i) => value * weights[i]).Sum())).ToArray();
        var all = 1 + odds.Sum();
        var right = (choice.Right[0] ? 1 : 0) + odds.Where((_, i) => choice.Right[i + 1]).Sum();
        for (var option = 0; option < odds.Length; option++)
        {
            var pull = choice.Weight * ((choice.Right[option + 1] ? odds[option] / right : 0) - (odds[option] / all));
            for (var i = 0; i < slope.Length; i++)
                slope[i] += pull * choice.Options[option][i];
        }
    }

    private static string Print(Calibration calibration)
    {
        var names = typeof(Evidence).GetProperties().Select(p => p.Name).ToList();
        return string.Join('\n', calibration.Weights.Select((w, i) => string.Create(CultureInfo.InvariantCulture, $"{w,8:0.00}  {names[i]}"))
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"{calibration.Intercept,8:0.00}  Intercept"))) + "\n"
            + string.Create(CultureInfo.InvariantCulture, $"new({calibration.Intercept:0.00}, [{string.Join(", ", calibration.Weights.Select(w => w.ToString("0.00", CultureInfo.InvariantCulture)))}])");
    }
}
