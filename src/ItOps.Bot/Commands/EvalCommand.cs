using System.CommandLine;
using System.Text.Json;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Evaluation;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>eval</c>: how well messages are understood, as one JSON object.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandHost bot)
    {
        var file = new Argument<string>("FILE") { Description = "JSON lines" };
        var details = new Option<string?>("--details") { Description = "Write each line's answer to this file" };
        var slots = new Command("slots", "Which parameters a message gives.") { file };
        slots.SetAction((parsed, _) => PrintAsync(bot, services => Task.FromResult(SlotEvaluation.Run(
            parsed.GetValue(file)!, services.GetRequiredService<RunbookCatalog>(), services.GetRequiredService<ISlotReader>()))));
        var decompose = new Command("decompose", "Which wishes a message holds.") { file, details };
        decompose.SetAction((parsed, cancellationToken) => PrintAsync(bot, async services =>
        {
            await services.PrepareRetrievalAsync(cancellationToken);
            return await DecomposeEvaluation.RunAsync(
                parsed.GetValue(file)!, services.GetRequiredService<IDecomposer>(), services.GetRequiredService<IRetriever>(), parsed.GetValue(details), cancellationToken);
        }));
        return new Command("eval", "Measure understanding against labelled messages.") { Routing(bot, file, details), slots, decompose, Modes(bot), Explain(bot), Fit(bot) };
    }

    private static Command Routing(CommandHost bot, Argument<string> file, Option<string?> details)
    {
        var compare = new Option<bool>("--compare") { Description = "Measure SQLite's full-text search over the same text too, and with Chroma each ranking alone: a JSON object each, and a table on standard error" };
        var routing = new Command("routing", "Which runbook a message is answered with.") { file, details, compare };
        routing.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = bot.BuildKnowledge();
            await host.Services.PrepareRetrievalAsync(cancellationToken);
            var ours = await RoutingEvaluation.RunAsync(
                parsed.GetValue(file)!, host.Services.GetRequiredService<IRetriever>(), parsed.GetValue(details), cancellationToken);
            Print(ours);
            if (!parsed.GetValue(compare))
                return 0;

            var reports = await CompareAsync(parsed.GetValue(file)!, host.Services, cancellationToken);
            reports.ForEach(Print);
            await System.Console.Error.WriteLineAsync(RoutingComparison.Table([ours, .. reports]));
            return 0;
        });
        return routing;
    }

    private static Command Modes(CommandHost bot)
    {
        var routing = new Argument<string>("ROUTING") { Description = "JSON lines with labelled messages" };
        var decompose = new Argument<string>("DECOMPOSE") { Description = "JSON lines with messages of several wishes" };
        var slots = new Argument<string>("SLOTS") { Description = "JSON lines with labelled values" };
        var modes = new Command("modes", "All of it in each mode that is set up (rules, Chroma, a model), and with a scripted model as bounds: one JSON object a row, and a table on standard error.") { routing, decompose, slots };
        modes.SetAction(async (parsed, cancellationToken) =>
        {
            using var host = bot.BuildKnowledge();
            var reports = await ModesEvaluation.RunAsync(host.Services, parsed.GetValue(routing)!, parsed.GetValue(decompose)!, parsed.GetValue(slots)!, cancellationToken);
            foreach (var report in reports)
                Print(report);
            await System.Console.Error.WriteLineAsync(ModesEvaluation.Table(reports));
            return 0;
        });
        return modes;
    }

    private static async Task<List<RoutingReport>> CompareAsync(string file, IServiceProvider services, CancellationToken cancellationToken)
    {
        var reports = new List<RoutingReport>();
        if (services.VectorsAlone(0) is not null)
        {
            reports.Add(await RoutingEvaluation.RunAsync(file, services.GetRequiredService<EmbeddedRetriever>(), null, cancellationToken));
            reports.Add(await RoutingComparison.RunAsync(file, threshold => services.VectorsAlone(threshold)!, 0.025, cancellationToken));
        }

        using var search = new Fts5Retriever(services.GetRequiredService<RunbookCatalog>().All);
        reports.Add(await RoutingComparison.RunAsync(file, At, 0.5, cancellationToken));
        return reports;

        Fts5Retriever At(double threshold)
        {
            search.Threshold = threshold;
            return search;
        }
    }

    private static Command Explain(CommandHost bot)
    {
        var text = new Argument<string>("TEXT") { Description = "A message" };
        var explain = new Command("explain", "Which runbooks a message finds, and why.") { text };
        explain.SetAction((parsed, _) => PrintAsync(bot, services => Task.FromResult(services.GetRequiredService<IRetrievalExplainer>().Explain(parsed.GetValue(text)!))));
        return explain;
    }

    private static Command Fit(CommandHost bot)
    {
        var files = new Argument<string[]>("FILES") { Description = "JSON lines with labelled messages" };
        var fit = new Command("fit", "Fit the weights of the embedded ranking; prints what belongs into Calibration.") { files };
        fit.SetAction((parsed, _) =>
        {
            using var host = bot.BuildKnowledge();
            System.Console.WriteLine(RankingFit.Run(host.Services.GetRequiredService<RunbookCatalog>(), parsed.GetValue(files)!));
            return Task.FromResult(0);
        });
        return fit;
    }

    private static async Task<int> PrintAsync<T>(CommandHost bot, Func<IServiceProvider, Task<T>> evaluate)
    {
        using var host = bot.BuildKnowledge();
        Print(await evaluate(host.Services));
        return 0;
    }

    private static void Print<T>(T report) => System.Console.WriteLine(JsonSerializer.Serialize(report, ReportJson.Options));
}
