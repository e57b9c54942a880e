using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Embedded;

public sealed class ExplanationTests
{
    private static readonly EmbeddedRetriever Retriever = new(new RunbookCatalog(
        [
            Simple("printer", "the printer does not print", "paper jam") with { NotFor = ["order a new printer"], Synonyms = [["printer", "big machine on the floor"]] },
            Simple("tunnel", "the vpn does not connect", "the tunnel drops"),
            Simple("crash", "an application crashes") with { Parameters = [new RunbookParameter("app", ParameterKind.Text, "Which?") { Slot = "software" }] },
        ],
        []));

    [Theory]
    [InlineData("the printer is offline", "printer", "printer", WordMatch.Word)]
    [InlineData("my laserjet is offline", "printer", "laserjet", WordMatch.Synonym)]
    [InlineData("der Drucker spinnt", "printer", "drucker", WordMatch.Translated)]
    [InlineData("la impresora está apagada", "printer", "impresora", WordMatch.Translated)]
    [InlineData("the prnter is offline", "printer", "prnter", WordMatch.Respelled)]
    [InlineData("Druckerstau im Flur", "printer", "druckerstau", WordMatch.Similar)]
    [InlineData("error 809", "tunnel", "809", WordMatch.ErrorCode)]
    [InlineData("powerpoint crashes", "crash", "powerpoint", WordMatch.Kind)]
    public void Each_word_says_by_which_rule_it_was_met(string text, string runbook, string said, WordMatch by)
    {
        var first = Retriever.Explain(text).Runbooks[0];
        Assert.Equal(runbook, first.RunbookId);
        Assert.Contains(first.Matched, m => m.Said == said && m.By == by && m.Weight > 0);
    }

    [Fact]
    public void The_nearest_example_and_the_counter_example_are_named()
    {
        var printer = Retriever.Explain("please order a new printer").Runbooks.Single(r => r.RunbookId == "printer");
        Assert.Equal("order a new printer", printer.Against!.Text);
        Assert.Equal("paper jam", Retriever.Explain("a paper jam again").Runbooks[0].Nearest!.Text);
    }

    [Fact]
    public void What_names_something_else_is_named()
    {
        var explained = Retriever.Explain("the vpn and the coffee machine");
        Assert.Contains("coffee", explained.Runbooks.Single(r => r.RunbookId == "tunnel").Foreign);
    }

    [Fact]
    public void What_is_not_wanted_is_named() => Assert.Contains("reset", Retriever.Explain("don't reset it, the vpn does not connect").Unwanted);

    [Fact]
    public void The_nearest_topic_of_nobody_here_is_named()
    {
        var explained = Retriever.Explain("how do I take a screenshot");
        Assert.Equal((RetrievalVerdict.Nothing, "how do I take a screenshot"), (explained.Verdict, explained.Elsewhere!.Text));
    }

    [Theory]
    [InlineData("the printer is offline")]
    [InlineData("order a new printer")]
    [InlineData("")]
    [InlineData("the tunnel drops, and the printer too")]
    public void Verdict_and_scores_are_those_of_the_answer(string text)
    {
        var (answer, explained) = (Retriever.Retrieve(text), Retriever.Explain(text));
        Assert.Equal(answer.Verdict, explained.Verdict);
        if (answer.Verdict != RetrievalVerdict.Vague)
            Assert.Equal(answer.Ranked.Select(r => (r.RunbookId, r.Score)), explained.Runbooks.Select(r => (r.RunbookId, r.Score)));
    }

    [Fact]
    public void The_chances_of_all_runbooks_and_of_none_make_one() => Assert.InRange(Retriever.Explain("the vpn and the printer").Runbooks.Sum(r => r.Score), 0, 1);

    private static Runbook Simple(string id, params string[] utterances) => new(id, 1, id)
    {
        Category = "test",
        Summary = id,
        Source = $"test/{id}.md",
        Utterances = utterances,
    };
}
