using System.Diagnostics;
using System.Text.Json;

namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>
/// Measures retrieval against labelled texts. An answer is the first runbook of a match or a near tie, <c>out_of_scope</c> when nothing was found,
/// and neither when the bot would ask what is meant.
/// </summary>
public static class RoutingEvaluation
{
    private const string OutOfScope = "out_of_scope";
    private const string Asked = "(asked)";
    private const int WarmUp = 50;

    private sealed record Line(string Text, string Label, IReadOnlyList<string>? Acceptable = null);

    /// <param name="file">JSON lines with <c>text</c>, <c>label</c> and optional <c>acceptable</c>.</param>
    /// <param name="details">Where each line's answer is written to, as JSON lines; none when not wanted.</param>
    public static async Task<RoutingReport> RunAsync(string file, IRetriever retriever, string? details, CancellationToken cancellationToken)
    {
        var lines = JsonLines.Read<Line>(file, "a routing line with 'text', 'label' and 'acceptable'");
        foreach (var line in lines.Take(WarmUp))
            await retriever.RetrieveAsync(line.Text, cancellationToken);

        var outcomes = new List<Outcome>(lines.Count);
        foreach (var line in lines)
        {
            var started = Stopwatch.GetTimestamp();
            var retrieval = await retriever.RetrieveAsync(line.Text, cancellationToken);
            outcomes.Add(new Outcome(line, retrieval, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
        }

        if (details is not null)
            await File.WriteAllLinesAsync(details, outcomes.Select(o => JsonSerializer.Serialize(o.Detail, ReportJson.Options)), cancellationToken);

        return Report(outcomes);
    }

    private static RoutingReport Report(List<Outcome> outcomes)
    {
        var right = outcomes.Count(o => o.Answer == OutOfScope && o.Line.Label == OutOfScope);
        var latencies = outcomes.Select(o => o.Milliseconds).Order().ToList();
        return new RoutingReport(
            outcomes.Count,
            Share(outcomes, o => o.Answer == o.Line.Label),
            Share(outcomes, o => o.Right.Contains(o.Answer)),
            Share(outcomes, o => o.Answer == o.Line.Label || (o.Answer != OutOfScope && o.Top(3).Contains(o.Line.Label))),
            Scores.Of(right, outcomes.Count(o => o.Answer == OutOfScope), outcomes.Count(o => o.Line.Label == OutOfScope)),
            new Latency(At(latencies, 0.5), At(latencies, 0.99)),
            outcomes[0].Retrieval.Mode);
    }

    private static double Share(List<Outcome> outcomes, Func<Outcome, bool> isRight) => Math.Round((double)outcomes.Count(isRight) / outcomes.Count, 4);

    private static double At(List<double> ordered, double quantile) =>
        Math.Round(ordered[Math.Min(ordered.Count - 1, (int)Math.Ceiling(quantile * ordered.Count) - 1)], 4);

    private sealed record Outcome(Line Line, Retrieval Retrieval, double Milliseconds)
    {
        public string Answer { get; } = Retrieval.Verdict switch
        {
            RetrievalVerdict.Match or RetrievalVerdict.NearTie => Retrieval.Ranked[0].RunbookId,
            RetrievalVerdict.Vague => Asked,
            _ => OutOfScope,
        };

        public IEnumerable<string> Right => [Line.Label, .. Line.Acceptable ?? []];

        public IEnumerable<string> Top(int count) => Retrieval.Ranked.Take(count).Select(r => r.RunbookId);

        public object Detail => new
        {
            Line.Text,
            Line.Label,
            Answer,
            Right = Right.Contains(Answer),
            Retrieval.Verdict,
            Retrieval.Ranked,
        };
    }
}

public sealed record RoutingReport(int Utterances, double Top1, double Top1Lenient, double Top3, Scores OutOfScope, Latency LatencyMs, string Mode)
{
    public override string ToString() => JsonSerializer.Serialize(this, ReportJson.Options);
}

/// <summary>How long one retrieval took, in milliseconds.</summary>
public sealed record Latency(double P50, double P99);
