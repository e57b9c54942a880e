using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Embedded.Slots;
using ItOps.Bot.Knowledge.Evaluation;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Evaluation;

/// <summary>
/// Messages that were written without knowledge of runbooks and ranking, harder than most tickets. The floors lie some points below what was measured: they hold
/// what was reached, and are no aim.
/// </summary>
public sealed class WrittenBlindTests
{
    private static readonly RunbookCatalog Catalog = RunbookFolder.Read(Repository.Runbooks).ToCatalog();

    [Fact]
    public async Task Most_messages_find_what_their_writer_meant()
    {
        var report = await RoutingEvaluation.RunAsync(Data("routing.jsonl"), new EmbeddedRetriever(Catalog), null, TestContext.Current.CancellationToken);
        Assert.True(report is { Top1Lenient: >= 0.70, Top3: >= 0.77, OutOfScope: { Precision: >= 0.68, Recall: >= 0.60 } }, report.ToString());
    }

    [Fact]
    public void Most_of_what_is_said_is_read()
    {
        var report = SlotEvaluation.Run(Data("slots.jsonl"), Catalog, new SlotReader());
        Assert.True(report.F1 >= 0.78, report.ToString());
    }

    private static string Data(string name) => Path.Combine(Repository.Root, "tests", "ItOps.Bot.Knowledge.Tests", "Data", name);
}
