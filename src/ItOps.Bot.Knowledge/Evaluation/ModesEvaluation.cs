using System.Globalization;
using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Runbooks;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>
/// Measures every mode that is set up here on the same lines: rules and the embedded ranking; with Chroma; with the model that is configured; and with a scripted one, which is
/// no model but shows between which bounds any model can move the figures.
/// </summary>
public static class ModesEvaluation
{
    private const string OutOfScope = "out_of_scope";

    private sealed record RoutingLine(string Text, string Label);

    private sealed record DecomposeLine(string Text, IReadOnlyList<string> Expected);

    /// <param name="routing">As for <see cref="RoutingEvaluation"/>.</param>
    /// <param name="decompose">As for <see cref="DecomposeEvaluation"/>.</param>
    /// <param name="slots">As for <see cref="SlotEvaluation"/>.</param>
    public static async Task<IReadOnlyList<ModeReport>> RunAsync(IServiceProvider services, string routing, string decompose, string slots, CancellationToken cancellationToken)
    {
        var catalog = services.GetRequiredService<RunbookCatalog>();
        var f1 = SlotEvaluation.Run(slots, catalog, services.GetRequiredService<ISlotReader>()).F1;
        var reports = new List<ModeReport>();
        foreach (var (name, retriever) in await RetrieversAsync(services, cancellationToken))
        {
            reports.Add(await MeasureAsync(name, retriever, new RuleDecomposer(retriever)));
            reports.Add(await WithAsync(name, "+ scripted: always right", retriever, ScriptedModel.Knowing(Labels(routing, decompose))));
            reports.Add(await WithAsync(name, "+ scripted: always wrong", retriever, ScriptedModel.Wrong()));
            foreach (var model in services.GetServices<IAgent>())
                reports.Add(await WithAsync(name, $"+ {model.Framework} model", retriever, model));
        }

        return reports;

        async Task<ModeReport> WithAsync(string name, string with, IRetriever retriever, IAgent agent)
        {
            var counted = new Counted(agent);
            var read = new AsRead($"{name} {with}", retriever, counted, catalog);
            return await MeasureAsync($"{name} {with}", read, read) with { Calls = counted.Calls, Failures = counted.Failures };
        }

        async Task<ModeReport> MeasureAsync(string name, IRetriever retriever, IDecomposer decomposer) => new(
            name,
            await RoutingEvaluation.RunAsync(routing, retriever, null, cancellationToken),
            await DecomposeEvaluation.RunAsync(decompose, decomposer, retriever, null, cancellationToken),
            f1);
    }

    /// <summary>For people: a row for each mode.</summary>
    public static string Table(IReadOnlyList<ModeReport> reports)
    {
        var lines = new List<string> { $"{"",-40} {"top-1",7} {"lenient",7} {"top-3",7} {"oos P",7} {"oos R",7} {"p50 ms",7} {"p99 ms",7} {"split",7} {"lenient",7} {"slots",7} {"calls",7} {"failed",7}" };
        lines.AddRange(reports.Select(r => string.Create(
            CultureInfo.InvariantCulture,
            $"{r.Mode,-40} {r.Routing.Top1,7:0.000} {r.Routing.Top1Lenient,7:0.000} {r.Routing.Top3,7:0.000} {r.Routing.OutOfScope.Precision,7:0.000} {r.Routing.OutOfScope.Recall,7:0.000} {r.Routing.LatencyMs.P50,7:0.00} {r.Routing.LatencyMs.P99,7:0.00} {r.Decompose.Exact,7:0.000} {r.Decompose.Lenient,7:0.000} {r.SlotsF1,7:0.000} {r.Calls,7} {r.Failures,7}")));
        return string.Join('\n', lines);
    }

    private static async Task<List<(string Name, IRetriever Retriever)>> RetrieversAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var retrievers = new List<(string, IRetriever)> { ("embedded", services.GetRequiredService<EmbeddedRetriever>()) };
        if (services.GetRequiredService<IRetriever>() is ChromaRetriever chroma)
        {
            await services.PrepareRetrievalAsync(cancellationToken);
            retrievers.Add(("embedded + Chroma", chroma));
        }

        return retrievers;
    }

    private static Dictionary<string, IReadOnlyList<string>> Labels(string routing, string decompose)
    {
        var labels = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var line in JsonLines.Read<RoutingLine>(routing, "a routing line with 'text', 'label' and 'acceptable'"))
            labels[PromptText.Of(line.Text).Text] = line.Label == OutOfScope ? [] : [line.Label];
        foreach (var line in JsonLines.Read<DecomposeLine>(decompose, "a decompose line with 'text', 'expected' and 'acceptable'"))
            labels[PromptText.Of(line.Text).Text] = [.. line.Expected.Where(e => e != OutOfScope)];
        return labels;
    }

    private sealed class Counted(IAgent inner) : IAgent
    {
        public string Framework => inner.Framework;

        public int Calls { get; private set; }

        public int Failures { get; private set; }

        public Task<IReadOnlyList<AgentProposal>> RetrieveInstructionsAsync(AgentTask task, CancellationToken cancellationToken) => CountAsync(() => inner.RetrieveInstructionsAsync(task, cancellationToken));

        public Task<IReadOnlyList<AgentWish>> DecomposeTaskAsync(AgentTask task, CancellationToken cancellationToken) => CountAsync(() => inner.DecomposeTaskAsync(task, cancellationToken));

        public Task<AgentProposal?> ProposePlanAsync(AgentTask task, CancellationToken cancellationToken) => CountAsync(() => inner.ProposePlanAsync(task, cancellationToken));

        private async Task<T> CountAsync<T>(Func<Task<T>> call)
        {
            Calls++;
            try
            {
                return await call();
            }
            catch (AgentFailedException)
            {
                Failures++;
                throw;
            }
        }
    }
}

/// <summary>How one mode does; <paramref name="SlotsF1"/> is of the rules, which read slots in every mode first.</summary>
public sealed record ModeReport(string Mode, RoutingReport Routing, DecomposeReport Decompose, double SlotsF1)
{
    /// <summary>How often the agent was asked, the warm-up of each measurement included.</summary>
    public int Calls { get; init; }

    public int Failures { get; init; }
}
