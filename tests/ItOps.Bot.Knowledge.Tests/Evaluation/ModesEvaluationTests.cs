using ItOps.Bot.Knowledge.Evaluation;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Tests.Evaluation;

public sealed class ModesEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_only_asked_where_the_rules_are_unsure_and_moves_the_figures_between_its_bounds()
    {
        var routing = _folder.Write("routing.jsonl", """
            {"text": "unlock my account", "label": "account_locked"}
            {"text": "vpn", "label": "vpn_troubleshooting"}
            {"text": "when do I get paid", "label": "out_of_scope"}
            """);
        var decompose = _folder.Write("decompose.jsonl", """
            {"text": "unlock my account and also my printer does not print", "expected": ["account_locked", "printer_not_working"]}
            """);
        var slots = _folder.Write("slots.jsonl", """
            {"text": "unlock bob", "label": "account_locked", "slots": {"user": "bob"}}
            """);
        using var services = new ServiceCollection()
            .AddLogging()
            .AddKnowledge(new KnowledgeOptions { RunbookFolder = Repository.Runbooks, ScriptFolder = Path.Combine(_folder.Path, "scripts"), PolicyFile = Repository.Policy, AssuranceFile = Repository.Assurance })
            .BuildServiceProvider();

        var reports = await ModesEvaluation.RunAsync(services, routing, decompose, slots, TestContext.Current.CancellationToken);

        Assert.Equal(["embedded", "embedded + scripted: always right", "embedded + scripted: always wrong"], reports.Select(r => r.Mode));
        Assert.Equal(0, reports[0].Calls);
        Assert.True(reports[1].Routing.Top1 >= reports[0].Routing.Top1 && reports[0].Routing.Top1 > reports[2].Routing.Top1);
        // What the rules found in a message, no model can leave out.
        Assert.Equal((1.0, 1.0, 1.0), (reports[0].Decompose.Exact, reports[1].Decompose.Exact, reports[2].Decompose.Exact));
        Assert.All(reports, r => Assert.Equal(1, r.SlotsF1));
        Assert.Equal(4, ModesEvaluation.Table(reports).Split('\n').Length);
    }
}
