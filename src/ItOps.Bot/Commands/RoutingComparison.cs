using System.Globalization;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Evaluation;

namespace ItOps.Bot.Host.Commands;

/// <summary>
/// Measures another way on the same lines. How sure it must be is tried on these very lines, and the best is kept: more than fair, because ours was fitted
/// without them.
/// </summary>
internal static class RoutingComparison
{
    private const int Tries = 40;

    /// <param name="at">It with a threshold.</param>
    /// <param name="step">From one threshold to the next; the first is 0.</param>
    public static async Task<RoutingReport> RunAsync(string file, Func<double, IRetriever> at, double step, CancellationToken cancellationToken)
    {
        var best = await RoutingEvaluation.RunAsync(file, at(0), null, cancellationToken);
        for (var i = 1; i < Tries; i++)
        {
            var report = await RoutingEvaluation.RunAsync(file, at(i * step), null, cancellationToken);
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
