using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Chroma;
using ItOps.Bot.Testing.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Benchmarks.Finding;

/// <summary>
/// The same questions answered in process and through a real Chroma server on the same machine, with the built-in embedder; how long it takes to embed a library for the
/// first time, and again after ten runbooks changed. A question that Chroma did not answer in time is counted, and its time is among the others.
/// </summary>
internal static class ChromaBenchmark
{
    private const int Changed = 10;

    public static async Task<object> RunAsync(string program, IEnumerable<int> sizes, Func<int, List<Runbook>> libraryOf, Func<List<Runbook>, IEnumerable<(string Text, string Id)>> ask)
    {
        await using var server = await ChromaServer.StartAsync(program);
        var table = new ResultTable(
            System.Console.Out, ("", 24), ("fill ms", 9), ("again ms", 9), ("10 new ms", 9), ("embedded", 8), ("p50 ms", 8), ("p99 ms", 8), ("max ms", 8), ("right", 6), ("fell back", 9), ("in-pr. p50", 10), ("in-pr. p99", 10));
        table.Head();
        var results = new List<object>();
        foreach (var size in sizes)
        {
            var library = libraryOf(size);
            results.Add(await MeasureAsync(server, library, [.. ask(library)], table));
        }

        return results;
    }

    private static async Task<object> MeasureAsync(ChromaServer server, List<Runbook> library, List<(string Text, string Id)> questions, ResultTable table)
    {
        var catalog = new RunbookCatalog(library, []);
        await using var services = new ServiceCollection().AddLogging().AddSingleton(catalog).AddSingleton<EmbeddedRetriever>().AddChroma(new()
        {
            Url = server.Url,
            Tenant = "default_tenant",
            Database = "default_database",
            TokenHeader = "Authorization",
            CollectionPrefix = FormattableString.Invariant($"bench{library.Count}"),
            QueryTimeOut = TimeSpan.FromMilliseconds(300),
        }).BuildServiceProvider();
        var (filling, first) = await TimeAsync(services);
        var (looking, _) = await TimeAsync(services);
        catalog.Exchange(new(library.Select((r, i) => RunbookEdition.Of(i % (library.Count / Changed) == 0 && i / (library.Count / Changed) < Changed ? r with { Utterances = [.. r.Utterances.Skip(1), "again: " + r.Title] } : r)), [], []));
        var (changing, second) = await TimeAsync(services);

        var (through, right, away) = await AskAsync(services.GetRequiredService<IRetriever>(), questions);
        var (inProcess, _, _) = await AskAsync(services.GetRequiredService<EmbeddedRetriever>(), questions);
        table.Row(
            $"Chroma, {library.Count}", Figures.Show(filling), Figures.Show(looking), Figures.Show(changing), $"{first.Embedded}/{second.Embedded}", Figures.Show(through.P50), Figures.Show(through.P99), Figures.Show(through.Max),
            Figures.Show((double)right / questions.Count), $"{away}", Figures.Show(inProcess.P50), Figures.Show(inProcess.P99));
        return new
        {
            runbooks = library.Count,
            fillMs = Figures.Round(filling),
            unchangedMs = Figures.Round(looking),
            tenChangedMs = Figures.Round(changing),
            embeddedFirst = first.Embedded,
            embeddedAfterTenChanged = second.Embedded,
            queryMs = through.ToJson(),
            inProcessMs = inProcess.ToJson(),
            right = Figures.Round((double)right / questions.Count),
            fellBack = away,
        };
    }

    private static async Task<(double Milliseconds, ReindexReport Report)> TimeAsync(IServiceProvider services)
    {
        var began = TimeProvider.System.GetTimestamp();
        var report = await services.PrepareRetrievalAsync(CancellationToken.None);
        return (TimeProvider.System.GetElapsedTime(began).TotalMilliseconds, report!);
    }

    private static async Task<(Figures Times, int Right, int Away)> AskAsync(IRetriever retriever, List<(string Text, string Id)> questions)
    {
        foreach (var (text, _) in questions.Take(200))
            await retriever.RetrieveAsync(text, CancellationToken.None);

        var (right, away) = (0, 0);
        var times = new List<double>(questions.Count);
        foreach (var (text, id) in questions)
        {
            var asked = TimeProvider.System.GetTimestamp();
            var found = await retriever.RetrieveAsync(text, CancellationToken.None);
            times.Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
            right += found.Ranked.Count > 0 && found.Ranked[0].RunbookId == id ? 1 : 0;
            away += found.Mode.Contains("away", StringComparison.Ordinal) ? 1 : 0;
        }

        return (new(times), right, away);
    }
}
