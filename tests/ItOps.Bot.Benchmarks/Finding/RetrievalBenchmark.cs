using System.Text.Json;
using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Host.Commands;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Chroma;
using ItOps.Bot.Testing.Reporting;

namespace ItOps.Bot.Benchmarks.Finding;

/// <summary>
/// Ranking by library size, ours and SQLite FTS5 over the same text, in the same run. The same: runbooks, questions, process. Not the same: full-text search
/// knows no counter-examples, no spelling and no second language, and its index lies in memory here. Memory is what the process holds after a full collection, with the
/// runbooks themselves and everything before it in the run.
/// </summary>
internal static class RetrievalBenchmark
{
    private const int Questions = 2_000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        int[] sizes = arguments.Text("--runbooks") is null ? [32, 1_000, 10_000] : [arguments.Number("--runbooks", 32)];
        var machine = Machine.Now();
        var shipped = RunbookFolder.Read(Path.Combine(Repository.Root, "data", "runbooks")).ToCatalog().All;
        System.Console.WriteLine($"retrieval: {machine}");
        var table = new ResultTable(System.Console.Out, ("", 24), ("build ms", 9), ("p50 ms", 8), ("p99 ms", 8), ("max ms", 8), ("right", 6), ("heap MB", 8), ("process MB", 10));
        table.Head();
        var results = new List<object>();
        foreach (var size in sizes)
        {
            var library = SyntheticLibrary.Of(shipped, size);
            var questions = Ask(library, shipped.Count(r => r.IsFound)).ToList();
            results.Add(await MeasureAsync("ItOps.Bot", library, questions, table, () => new EmbeddedRetriever(new RunbookCatalog(library, []))));
            results.Add(await MeasureAsync("SQLite FTS5 BM25", library, questions, table, () => new Fts5Retriever(library)));
        }

        object chroma = "not measured: " + ChromaServer.Missing;
        if (ChromaServer.Program is { } program)
            chroma = await ChromaBenchmark.RunAsync(program, sizes, size => SyntheticLibrary.Of(shipped, size), library => Ask(library, shipped.Count(r => r.IsFound)));
        else
            System.Console.WriteLine($"retrieval through Chroma is {chroma}");
        System.Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "retrieval", machine, results, chroma }, JsonSerializerOptions.Web));
        return 0;
    }

    /// <summary>Half of the questions are utterances of shipped runbooks in other words, half are about made ones.</summary>
    private static IEnumerable<(string Text, string Id)> Ask(List<Runbook> library, int shipped)
    {
        for (var i = 0; i < Questions; i++)
        {
            var made = library.Count - shipped;
            var runbook = library[i * 7 % Math.Min(shipped, library.Count)];
            if (i % 2 == 0 || made <= 0)
                yield return ($"hi team, {runbook.Utterances[i % runbook.Utterances.Count]} since monday, thanks", runbook.Id);
            else
                yield return (SyntheticLibrary.Question(i * 4_999 % made), SyntheticLibrary.Id(i * 4_999 % made));
        }
    }

    private static async Task<object> MeasureAsync(string name, List<Runbook> library, List<(string Text, string Id)> questions, ResultTable table, Func<IRetriever> build)
    {
        var began = TimeProvider.System.GetTimestamp();
        var retriever = build();
        await retriever.RetrieveAsync(questions[0].Text, CancellationToken.None);
        var building = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        foreach (var (text, _) in questions.Take(500))
            await retriever.RetrieveAsync(text, CancellationToken.None);

        var right = 0;
        var times = new List<double>(questions.Count);
        foreach (var (text, id) in questions)
        {
            var asked = TimeProvider.System.GetTimestamp();
            var found = await retriever.RetrieveAsync(text, CancellationToken.None);
            times.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
            right += found.Ranked.Count > 0 && found.Ranked[0].RunbookId == id ? 1 : 0;
        }

        var heap = GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var process = Environment.WorkingSet / 1048576.0;
        var figures = new Figures(times);
        table.Row(
            $"{name}, {library.Count}", Figures.Show(building), Figures.Show(figures.P50), Figures.Show(figures.P99), Figures.Show(figures.Max), Figures.Show((double)right / questions.Count),
            Figures.Show(heap), Figures.Show(process));
        GC.KeepAlive(retriever);
        (retriever as IDisposable)?.Dispose();
        return new
        {
            who = name,
            runbooks = library.Count,
            buildMs = Figures.Round(building),
            queryMs = figures.ToJson(),
            right = Figures.Round((double)right / questions.Count),
            heapMegabytes = Figures.Round(heap),
            processMegabytes = Figures.Round(process),
        };
    }
}
