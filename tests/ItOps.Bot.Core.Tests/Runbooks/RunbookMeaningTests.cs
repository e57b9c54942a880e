using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Core.Tests.Runbooks;

public sealed class RunbookMeaningTests
{
    private static readonly RunbookContent Content = new("site/gate.md", "text", new Dictionary<string, string> { ["scripts/a.sh"] = "echo" });

    private static readonly Runbook Gate = new("gate", 1, "The gate")
    {
        Category = "site",
        Summary = "It is stuck",
        Source = "site/gate.md",
        Utterances = ["the gate is stuck"],
        Steps = [new GuideStep("Push it.", "It moves.", [])],
        Parameters = [new("person", ParameterKind.Person, "Who?")],
        Done = "It is open.",
    };

    [Fact]
    public void How_people_ask_and_what_colleagues_read_are_words()
    {
        Runbook[] words =
        [
            Gate with { Version = 2 }, Gate with { Title = "Gate" }, Gate with { Summary = "Stuck" }, Gate with { Utterances = ["boom stuck"] }, Gate with { Synonyms = [["gate", "boom"]] },
            Gate with { NotFor = ["the door"] }, Gate with { HoldsFor = ["all"] }, Gate with { Causes = ["Rust."] }, Gate with { Sources = ["Manual"] }, Gate with { Body = "More" },
        ];

        Assert.All(words, after => Assert.Empty(Differences(after, Content)));
    }

    [Fact]
    public void Everything_else_is_meaning()
    {
        Runbook[] meant =
        [
            Gate with { Steps = [new GuideStep("Push it hard.", "It moves.", [])] }, Gate with { Steps = [new GuideStep("Push it.", "It jumps.", [])] }, Gate with { Steps = [new HandOffStep("Push it.")] },
            Gate with { Steps = [new GuideStep("Push it.", "It moves.", []) { On = ["windows"] }] }, Gate with { Parameters = [new("person", ParameterKind.Text, "Who?")] },
            Gate with { Parameters = [new("person", ParameterKind.Person, "Whose password?")] }, Gate with { OnBehalf = new(Anyone: true, [], Attest: false) }, Gate with { OnBehalf = OnBehalf.Nobody with { Use = "other" } },
            Gate with { Otherwise = ["other"] }, Gate with { Category = "network" }, Gate with { Done = "Now tell me your password." }, Gate with { DoneIn = new Dictionary<string, string> { ["de"] = "Offen." } },
            Gate with { GeneratedCommands = true },
        ];

        Assert.All(meant, after => Assert.Single(Differences(after, Content)));
        Assert.Equal(["its scripts"], Differences(Gate, Content with { Scripts = new Dictionary<string, string> { ["scripts/a.sh"] = "rm" } }));
        Assert.Equal(["it is new"], RunbookMeaning.Differences(null, SourceOf(Gate), Content));
    }

    private static IReadOnlyList<string> Differences(Runbook after, RunbookContent content) =>
        RunbookMeaning.Differences(RunbookEdition.Of(SourceOf(Gate), Content), SourceOf(after), content);

    private static RunbookSource SourceOf(Runbook runbook) => new(runbook, new Dictionary<string, int>(), new HashSet<string>());
}
