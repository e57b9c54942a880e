using System.CommandLine;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Evaluation;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>eval</c>: how well messages are understood, as one JSON object.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "JSON lines" };
        var details = new Option<string?>("--details") { Description = "Write each line's answer to this file" };
        var routing = new Command("routing", "Which runbook a message is answered with.") { file, details };
        routing.SetAction((parsed, cancellationToken) => RunAsync(async services => ReportJson.Write(await RoutingEvaluation.RunAsync(
            parsed.GetValue(file)!, services.GetRequiredService<IRetriever>(), parsed.GetValue(details), cancellationToken))));
        var slots = new Command("slots", "Which parameters a message gives.") { file };
        slots.SetAction((parsed, _) => RunAsync(services => Task.FromResult(ReportJson.Write(SlotEvaluation.Run(
            parsed.GetValue(file)!, services.GetRequiredService<RunbookCatalog>(), services.GetRequiredService<ISlotReader>())))));
        var decompose = new Command("decompose", "Which wishes a message holds.") { file };
        decompose.SetAction((parsed, cancellationToken) => RunAsync(async services => ReportJson.Write(await DecomposeEvaluation.RunAsync(
            parsed.GetValue(file)!, services.GetRequiredService<IDecomposer>(), services.GetRequiredService<IRetriever>(), cancellationToken))));
        return new Command("eval", "Measure understanding against labelled messages.") { routing, slots, decompose };
    }

    private static async Task<int> RunAsync(Func<IServiceProvider, Task<string>> evaluate)
    {
        using var host = CommandHost.Build();
        System.Console.WriteLine(await evaluate(host.Services));
        return 0;
    }
}
