using System.Text.Json;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Embedded.Slots;
using ItOps.Bot.Knowledge.Evaluation;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Evaluation;

public sealed class EvaluationTests : IDisposable
{
    private static readonly RunbookCatalog Catalog = RunbookFolder.Read(Repository.Runbooks).ToCatalog();
    private static readonly EmbeddedRetriever Retriever = new(Catalog);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Routing_is_counted_as_the_contract_says()
    {
        var file = _folder.Write("routing.jsonl", """
            {"text": "unlock my account", "label": "account_locked", "acceptable": []}
            {"text": "unlock my account", "label": "something_else", "acceptable": ["account_locked"]}
            {"text": "when do I get paid", "label": "out_of_scope", "acceptable": []}
            {"text": "my zebra is hungry", "label": "password_reset", "acceptable": []}

            """);
        var details = Path.Combine(_folder.Path, "details.jsonl");

        var report = await RoutingEvaluation.RunAsync(file, Retriever, details, TestContext.Current.CancellationToken);

        var json = JsonDocument.Parse(report.ToString()).RootElement;
        Assert.Equal(["utterances", "top1", "top1Lenient", "top3", "outOfScope", "latencyMs", "mode"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal((4, 0.5, 0.75, 0.5), (report.Utterances, report.Top1, report.Top1Lenient, report.Top3));
        Assert.Equal(["precision", "recall", "f1"], json.GetProperty("outOfScope").EnumerateObject().Select(p => p.Name));
        Assert.Equal(new Scores(0.5, 1, 0.6667), report.OutOfScope);
        Assert.Equal(["p50", "p99"], json.GetProperty("latencyMs").EnumerateObject().Select(p => p.Name));
        Assert.Equal("embedded", report.Mode);
        Assert.Equal(4, File.ReadAllLines(details).Length);
    }

    [Fact]
    public void Slots_are_counted_by_value_with_alternatives_and_optional_ones()
    {
        var file = _folder.Write("slots.jsonl", """
            {"text": "give bob read access to BILL and MOB in jira", "label": "jira_access_request", "slots": {"user": "bob", "project": ["BILL", "MOB"], "permission": "read"}}
            {"text": "no access to the K drive", "label": "shared_drive_access", "slots": {"drive": "K"}, "slot_alternatives": {"drive": ["K", "K:"]}}
            {"text": "my laptop is slow", "label": "laptop_running_slow", "slots": {"duration": "3 days"}, "slots_optional": ["duration"]}
            {"text": "unlock bob", "label": "account_locked", "slots": {"user": "bobby"}}
            """);

        var report = SlotEvaluation.Run(file, Catalog, new SlotReader());

        Assert.Equal("""{"utterances":4,"f1":0.8333,"exact":0.75}""", report.ToString());
    }

    [Fact]
    public async Task Decomposition_is_counted_in_any_order()
    {
        var file = _folder.Write("complex.jsonl", """
            {"text": "my laptop is slow; unlock my account", "expected": ["account_locked", "laptop_running_slow"]}
            {"text": "unlock my account", "expected": ["password_reset"], "acceptable": [["account_locked"]]}
            {"text": "unlock my account", "expected": ["password_reset"]}
            """);

        var report = await DecomposeEvaluation.RunAsync(file, new RuleDecomposer(Retriever), Retriever, null, TestContext.Current.CancellationToken);

        Assert.Equal("""{"requests":3,"exact":0.3333,"lenient":0.6667}""", report.ToString());
    }

    [Theory]
    [InlineData("{\"text\": \"a\", \"label\": \"b\"}\nnot json\n", ":2: this is not a routing line")]
    [InlineData("{\"text\": \"a\"}\n", ":1: this is not a routing line")]
    [InlineData("{\"text\": null, \"label\": \"b\"}\n", ":1: this is not a routing line")]
    [InlineData("null\n", ":1: this is not a routing line")]
    [InlineData("\n", ":1: the file is empty")]
    public async Task A_file_that_cannot_be_used_is_named_with_its_line(string content, string message)
    {
        var file = _folder.Write("bad.jsonl", content);
        var refused = await Assert.ThrowsAsync<EvaluationFileException>(() => RoutingEvaluation.RunAsync(file, Retriever, null, TestContext.Current.CancellationToken));
        Assert.StartsWith(file + message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_named() =>
        await Assert.ThrowsAsync<EvaluationFileException>(() => RoutingEvaluation.RunAsync("none.jsonl", Retriever, null, TestContext.Current.CancellationToken));
}
