using System.Text.Json;

namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>
/// Measures how a message with several wishes is taken apart: split, then look each part up, as the bot does. Order counts only in that each part is
/// one wish; a part for which nothing is found is <c>out_of_scope</c>.
/// </summary>
public static class DecomposeEvaluation
{
    private const string OutOfScope = "out_of_scope";

    private sealed record Line(string Text, IReadOnlyList<string> Expected, IReadOnlyList<IReadOnlyList<string>>? Acceptable = null);

    /// <param name="file">JSON lines with <c>text</c>, <c>expected</c> and optional <c>acceptable</c>.</param>
    public static async Task<DecomposeReport> RunAsync(string file, IDecomposer decomposer, IRetriever retriever, string? details, CancellationToken cancellationToken)
    {
        var lines = JsonLines.Read<Line>(file, "a decompose line with 'text', 'expected' and 'acceptable'");
        var answers = new List<(Line Line, IReadOnlyList<string> Found, IReadOnlyList<string> Parts)>();
        foreach (var line in lines)
        {
            var found = new List<string>();
            var parts = await decomposer.DecomposeAsync(line.Text, cancellationToken);
            foreach (var part in parts)
                found.Add(Answer(await retriever.RetrieveAsync(part.Text, cancellationToken)));
            answers.Add((line, found, [.. parts.Select(p => p.Text)]));
        }

        if (details is not null)
        {
            await File.WriteAllLinesAsync(
                details, answers.Select(a => JsonSerializer.Serialize(new { a.Line.Text, a.Line.Expected, a.Found, a.Parts }, ReportJson.Options)), cancellationToken);
        }

        return new DecomposeReport(
            answers.Count,
            Share(answers, a => Same(a.Found, a.Line.Expected)),
            Share(answers, a => Same(a.Found, a.Line.Expected) || (a.Line.Acceptable ?? []).Any(other => Same(a.Found, other))));
    }

    private static string Answer(Retrieval retrieval) =>
        retrieval.Verdict is RetrievalVerdict.Match or RetrievalVerdict.NearTie ? retrieval.Ranked[0].RunbookId : OutOfScope;

    private static bool Same(IReadOnlyList<string> found, IReadOnlyList<string> wanted) =>
        found.Order(StringComparer.Ordinal).SequenceEqual(wanted.Order(StringComparer.Ordinal));

    private static double Share(List<(Line Line, IReadOnlyList<string> Found, IReadOnlyList<string> Parts)> answers, Func<(Line Line, IReadOnlyList<string> Found, IReadOnlyList<string> Parts), bool> isRight) =>
        Math.Round((double)answers.Count(isRight) / answers.Count, 4);
}

/// <summary>Shares of messages whose parts are those expected, in any order; lenient: or one of the acceptable sets.</summary>
public sealed record DecomposeReport(int Requests, double Exact, double Lenient)
{
    public override string ToString() => JsonSerializer.Serialize(this, ReportJson.Options);
}
