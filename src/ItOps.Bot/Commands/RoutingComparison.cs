using System.Globalization;
using ItOps.Bot.Knowledge.Evaluation;

namespace ItOps.Bot.Host.Commands;

/// <summary>
/// Measures full-text search on the same lines. How sure it must be is tried on these very lines, and the best is kept: more than fair, because ours was fitted
/// without them.
/// </summary>
internal static class RoutingComparison
{
    private const int Tries = 40;

    public static async Task<RoutingReport> RunAsync(string file, Fts5Retriever search, CancellationToken cancellationToken)
    {
        search.Threshold = 0;
        var best = await RoutingEvaluation.RunAsync(file, search, null, cancellationToken);
        for (var i = 1; i < Tries; i++)
        {
            search.Threshold = i * 0.5;
            var report = await RoutingEvaluation.RunAsync(file, search, null, cancellationToken);
            if (report.Top1Lenient > best.Top1Lenient)
                best = report;
        }

        return best;
    }

    public static string Table(params ReadOnlySpan<RoutingReport> reports)
    {
        var lines = new List<string> { $"{"",-18} {"top-1",7} {"lenient",7} {"top-3",7} {"oos P",7} {"oos R",7} {"p50 ms",7} {"p99 ms",7}" };
        foreach (var r in reports)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{r.Mode,-18} {r.Top1,7:0.000} {r.Top1Lenient,7:0.000} {r.Top3,7:0.000} {r.OutOfScope.Precision,7:0.000} {r.OutOfScope.Recall,7:0.000} {r.LatencyMs.P50,7:0.00} {r.LatencyMs.P99,7:0.00}"));
        }

        return string.Join('\n', lines);
    }
}
