using System.Text;
using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Import;

/// <summary>Tables and lists of instructions, as people keep them, become drafts.</summary>
public sealed class PlainInstructionsTests
{
    [Fact]
    public void A_row_becomes_a_draft_that_somebody_must_go_through()
    {
        var bundle = Bundles.Read(Bundles.File("faq.csv", """"
            Title,Symptoms,Steps,Notes,Author
            "Coffee, refilled","no beans; it shows ""bean""?","1. Open the lid.
            2. Say ""hello"".
            3. Close it.",Since 2019,Ann
            """"));

        Assert.Empty(bundle.Problems);
        Assert.True(bundle.AreDrafts);
        var runbook = Assert.Single(bundle.Runbooks).Source.Runbook;
        Assert.Equal(("coffee_refilled", 0, "Coffee, refilled", "unsorted"), (runbook.Id, runbook.Version, runbook.Title, runbook.Category));
        Assert.Equal(["no beans", "it shows \"bean\"?"], runbook.Utterances);
        Assert.Equal(["Open the lid.", "Say \"hello\".", "Close it."], runbook.Steps.OfType<GuideStep>().Select(s => s.Text));
        Assert.IsType<HandOffStep>(runbook.Steps[^1]);
        Assert.Contains("Since 2019", runbook.Body, StringComparison.Ordinal);
        Assert.Contains("Author: Ann", runbook.Body, StringComparison.Ordinal);
        Assert.Contains(RunbookCheck.Check([], bundle, []), p => p.Message.Contains("the version is 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Titel;Stichwörter;Schritt 1;Schritt 2;Kategorie\nDrucker klemmt;Papierstau, Drucker;Klappe öffnen;Papier ziehen;Devices\n")]
    [InlineData("\ufeffTITEL\tStichworte\tSchritte\tBereich\r\nDrucker klemmt\tPapierstau, Drucker\tKlappe öffnen. Papier ziehen\tdevices\r\n")]
    [InlineData("\"titel\",\"Suchbegriffe\",\"Lösung\",\"Kategorie\"\n\n\"Drucker klemmt\",\"Papierstau|Drucker\",\"- Klappe öffnen\n- Papier ziehen\",\"devices\"")]
    public void Headers_in_German_semicolons_tabs_quotes_and_marks_are_understood(string table)
    {
        var bundle = Bundles.Read(Bundles.File("faq.csv", table));

        Assert.Empty(bundle.Problems);
        var runbook = Assert.Single(bundle.Runbooks).Source.Runbook;
        Assert.Equal(("drucker_klemmt", "devices"), (runbook.Id, runbook.Category));
        Assert.Equal(["Papierstau", "Drucker"], runbook.Utterances);
        Assert.Equal(["Klappe öffnen", "Papier ziehen"], runbook.Steps.OfType<GuideStep>().Select(s => s.Text.TrimEnd('.')));
    }

    [Theory]
    [InlineData("name,beans\nx,y\n", 1, "it needs a column 'title' and a column 'steps'")]
    [InlineData("title,steps\na,b\nc\n", 3, "has 1 cells, and the header has 2")]
    [InlineData("title,steps\na,b,c\n", 2, "has 3 cells, and the header has 2")]
    [InlineData("title,steps\na,b\nc,d \"e\" f\n", 3, "a quote stands where none may be")]
    [InlineData("title,steps\na,b\n\"c,d\n", 3, "a quote stands where none may be")]
    [InlineData("title,steps\na,b\n\"c\"x,d\n", 3, "a quote stands where none may be")]
    [InlineData("title,steps\n,b\n", 2, "has no title")]
    [InlineData("title,steps\na,\n", 2, "has no steps")]
    [InlineData("title,steps\n", 1, "has no instructions in it")]
    [InlineData("title,steps,category\na,b,../x\n", 2, "the category '../x'")]
    [InlineData("title,steps\na,b\u202e\n", 2, "invisible character")]
    public void A_table_that_is_wrong_is_refused_whole_with_the_line(string table, int line, string reason)
    {
        var problem = Assert.Single(Bundles.Problems(Bundles.File("faq.csv", table)));
        Assert.StartsWith($"faq.csv:{line}: ", problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_without_end_is_refused() =>
        Assert.Contains("a cell has more than", Assert.Single(Bundles.Problems(Bundles.File("faq.csv", $"title,steps\na,{new string('x', 30_000)}\n"))), StringComparison.Ordinal);

    [Fact]
    public void More_rows_than_anybody_goes_through_are_refused() =>
        Assert.Contains("more than 500 rows", Assert.Single(Bundles.Problems(Bundles.File("faq.csv", "title,steps\n" + string.Concat(Enumerable.Repeat("a,b\n", 600))))), StringComparison.Ordinal);

    [Theory]
    [InlineData("[{\"title\": \"Beans\", \"symptoms\": [\"no beans\"], \"steps\": [\"Open it.\", \"Fill it.\"], \"id\": 7}]")]
    [InlineData("{\"articles\": [{\"Titel\": \"Beans\", \"Wann\": \"no beans\", \"Anleitung\": \"Open it.\\nFill it.\", \"id\": \"7\"}]}")]
    public void A_list_of_objects_becomes_drafts_too(string json)
    {
        var runbook = Assert.Single(Bundles.Read(Bundles.File("faq.json", json)).Runbooks).Source.Runbook;

        Assert.Equal(["no beans"], runbook.Utterances);
        Assert.Equal(["Open it.", "Fill it."], runbook.Steps.OfType<GuideStep>().Select(s => s.Text));
        Assert.Contains("id: 7", runbook.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\n{\"title\": \"a\", \"steps\": [\"b\"]},\n{\"title\": \"c\"}\n]", 3, "has no steps")]
    [InlineData("[\n{\"title\": \"a\", \"steps\": {\"b\": 1}}\n]", 2, "must be a text or a list of texts")]
    [InlineData("[\n1\n]", 2, "an item is no object")]
    [InlineData("[{\"title\": \"a\",\n\"title\": \"b\"}]", 1, "not valid JSON")]
    [InlineData("[\n[[[[[[[[[[[]]]]]]]]]]]\n]", 2, "not valid JSON")]
    [InlineData("{\"a\": 1}", 1, "expected a list of objects")]
    [InlineData("", 1, "not valid JSON")]
    public void A_list_that_is_wrong_is_refused_whole_with_the_line(string json, int line, string reason) =>
        Assert.Contains(Bundles.Problems(Bundles.File("faq.json", json)), p => p.StartsWith($"faq.json:{line}: ", StringComparison.Ordinal) && p.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void Two_rows_with_one_title_and_titles_in_other_letters_have_ids_of_their_own()
    {
        var bundle = Bundles.Read(Bundles.File("faq.csv", "title,steps\nBeans,a\nBeans!,b\nКофе,c\n365 days,d\n"));

        Assert.Equal(["about_365_days", "beans", "beans_2", "draft_4"], bundle.Runbooks.Select(r => r.Source.Runbook.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_text_of_a_table_can_become_a_key_or_another_step()
    {
        var hostile = "x\"\\n  - run: account.unlock # ' {a} *b &c !d\n---\nid: evil";
        var json = System.Text.Json.JsonSerializer.Serialize(new[] { new { title = hostile, symptoms = new[] { hostile }, steps = new[] { hostile }, notes = hostile } });

        var runbook = Assert.Single(BundleReader.Read([new BundleFile("faq.json", Encoding.UTF8.GetBytes(json))], null, ImportLimits.Default).Runbooks).Source.Runbook;

        Assert.DoesNotContain(runbook.Steps, s => s is not (GuideStep or HandOffStep));
        Assert.NotEqual("evil", runbook.Id);
    }
}
