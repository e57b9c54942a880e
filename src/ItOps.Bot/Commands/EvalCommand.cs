using System.CommandLine;
using System.Text.Json;
using ItOps.Bot.Knowledge;
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
        var routing = new Command("routing", "Which runbook a message is answered with.") { file, details };
        routing.SetAction((parsed, cancellationToken) => PrintAsync(bot, async services => await RoutingEvaluation.RunAsync(
            parsed.GetValue(file)!, services.GetRequiredService<IRetriever>(), parsed.GetValue(details), cancellationToken)));
        var slots = new Command("slots", "Which parameters a message gives.") { file };
        slots.SetAction((parsed, _) => PrintAsync(bot, services => Task.FromResult(SlotEvaluation.Run(
            parsed.GetValue(file)!, services.GetRequiredService<RunbookCatalog>(), services.GetRequiredService<ISlotReader>()))));
        var decompose = new Command("decompose", "Which wishes a message holds.") { file, details };
        decompose.SetAction((parsed, cancellationToken) => PrintAsync(bot, async services => await DecomposeEvaluation.RunAsync(
            parsed.GetValue(file)!, services.GetRequiredService<IDecomposer>(), services.GetRequiredService<IRetriever>(), parsed.GetValue(details), cancellationToken)));
        var text = new Argument<string>("TEXT") { Description = "A message" };
        var explain = new Command("explain", "Which runbooks a message finds, and why.") { text };
        explain.SetAction((parsed, _) => PrintAsync(bot, services => Task.FromResult(services.GetRequiredService<IRetrievalExplainer>().Explain(parsed.GetValue(text)!))));
        var files = new Argument<string[]>("FILES") { Description = "JSON lines with labelled messages" };
        var fit = new Command("fit", "Fit the weights of the embedded ranking; prints what belongs into Calibration.") { files };
        fit.SetAction((parsed, _) =>
        {
            using var host = bot.Build();
            System.Console.WriteLine(RankingFit.Run(host.Services.GetRequiredService<RunbookCatalog>(), parsed.GetValue(files)!));
            return Task.FromResult(0);
        });
        return new Command("eval", "Measure understanding against labelled messages.") { routing, slots, decompose, explain, fit };
    }

    private static async Task<int> PrintAsync<T>(CommandHost bot, Func<IServiceProvider, Task<T>> evaluate)
    {
        using var host = bot.Build();
        System.Console.WriteLine(JsonSerializer.Serialize(await evaluate(host.Services), ReportJson.Options));
        return 0;
    }
}
