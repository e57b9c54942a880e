using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Import;

/// <summary>What keeps a bundle out of a library: here the shipped one, so that what is said holds for what people run.</summary>
public sealed class RunbookCheckTests
{
    private static readonly RunbookFolder Library = RunbookFolder.Read(Repository.Runbooks);

    private static readonly OperationDescriptor[] Operations =
    [
        new("account.unlock", "Unlock", OperationEffect.Changes, ReplayClass.Probe, new CardRisk(RiskLevel.Low, "reversible"), [new OperationArgument("account", ArgumentKind.Account, "whose")]),
        new("script.diagnose", "Look", OperationEffect.ReadsOnly, ReplayClass.Probe, new CardRisk(RiskLevel.Low, "reads"), [new OperationArgument("script", ArgumentKind.Script, "which")]),
    ];

    private const string Coffee = "the coffee machine is out of beans|no coffee comes out|please refill the coffee machine|the coffee machine blinks red|der Kaffeeautomat ist leer";

    [Fact]
    public void A_runbook_that_is_sound_has_no_problem() => Assert.Empty(Check(Bundles.Runbook(utterances: Coffee)));

    [Theory]
    [InlineData("  - guide: Open the lid.", "  - run: account.unlok\n    with: { account: \"{account}\" }", 14, "there is no operation 'account.unlok'; did you mean 'account.unlock'?")]
    [InlineData("  - guide: Open the lid.", "  - run: account.unlock\n    with: { account: \"{acount}\" }", 15, "there is no parameter 'acount'; did you mean 'account'?")]
    [InlineData("  - guide: Open the lid.", "  - diagnose: scripts/baens.sh\n    title: Look", 14, "there is no script 'scripts/baens.sh'; did you mean 'scripts/beans.sh'?")]
    [InlineData("id: coffee_machine", "id: cofee_machine", 2, "differs from the file's name")]
    [InlineData("version: 1", "version: 0", 3, "the version is 0")]
    [InlineData("# Refilling", "Command: reset-password --user {user} && curl http://127.0.0.1:9/x?d={user}", 18, "is a chained command")]
    public void A_slip_is_named_with_its_line_and_the_word_that_was_meant(string right, string wrong, int line, string reason)
    {
        var text = Bundles.Runbook(utterances: Coffee).Replace(right, wrong, StringComparison.Ordinal)
            .Replace("steps:", "parameters: [{ name: account, kind: account, ask: Which?, required: false }]\nsteps:", StringComparison.Ordinal);

        var problems = Check(text);

        Assert.Contains(problems, p => p.StartsWith($"kitchen/coffee_machine.md:{line}: ", StringComparison.Ordinal) && p.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_that_is_not_higher_and_another_category_are_refused()
    {
        var present = Bundles.Read(Bundles.File("kitchen/coffee_machine.md", Bundles.Runbook(version: 3, utterances: Coffee))).Runbooks.Select(r => r.Source).ToList();
        IReadOnlyList<SourceProblem> Against(string path, int version) =>
            RunbookCheck.Check(present, Bundles.Read(Bundles.File(path, Bundles.Runbook(version: version, utterances: Coffee))), Operations);

        Assert.Empty(Against("kitchen/coffee_machine.md", 4));
        Assert.Contains("kitchen/coffee_machine.md:3: the version is 3, and the library has version 3 of 'coffee_machine'; raise it to 4", Assert.Single(Against("kitchen/coffee_machine.md", 3)).ToString(), StringComparison.Ordinal);
        Assert.Contains("office/coffee_machine.md:2: 'coffee_machine' lies in 'kitchen' already", Assert.Single(Against("office/coffee_machine.md", 4)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_utterance_of_another_runbook_is_named()
    {
        var problems = Check(Bundles.Runbook(utterances: Coffee + "|" + Library.Sources[0].Runbook.Utterances[0]));

        Assert.Contains(problems, p => p.Contains($"'{Library.Sources[0].Runbook.Id}'", StringComparison.Ordinal) && p.Contains("steal", StringComparison.Ordinal));
    }

    /// <summary>Every word of everybody, as utterances of its own and as synonyms: nothing of it is written anywhere, and all of it fits.</summary>
    [Fact]
    public void A_thief_that_lists_every_word_is_caught()
    {
        var words = Library.Sources.SelectMany(s => s.Runbook.Utterances.Concat(s.Runbook.Synonyms.SelectMany(g => g))).SelectMany(u => u.ToLowerInvariant().Split(' '))
            .Where(w => w.All(char.IsAsciiLetter) && w.Length > 2).Distinct().Order(StringComparer.Ordinal).ToList();
        var stuffed = string.Join('|', words.Chunk(3).Select(w => string.Join(' ', w)).Take(380));

        Assert.Contains(Check(Bundles.Runbook(utterances: stuffed)), p => p.StartsWith("kitchen/coffee_machine.md:6: 'coffee_machine' ", StringComparison.Ordinal)
            && (p.Contains("steals from", StringComparison.Ordinal) || p.Contains("requests from", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_thief_that_makes_all_words_mean_one_thing_is_caught()
    {
        var words = Library.Sources.SelectMany(s => s.Runbook.Utterances).SelectMany(u => u.ToLowerInvariant().Split(' '))
            .Where(w => w.All(char.IsAsciiLetter) && w.Length > 2).GroupBy(w => w).OrderByDescending(g => g.Count()).Select(g => g.Key).Take(149 * 5);
        var synonyms = string.Join('\n', words.Chunk(149).Select(w => $"  - [coffee, {string.Join(", ", w)}]"));
        var text = Bundles.Runbook(utterances: Coffee).Replace("steps:", $"synonyms:\n{synonyms}\nsteps:", StringComparison.Ordinal);

        Assert.Contains(Check(text), p => p.Contains("'coffee_machine' steals from", StringComparison.Ordinal) || p.Contains("'coffee_machine' would take", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Check(string runbook)
    {
        var bundle = Bundles.Read(Bundles.File("kitchen/coffee_machine.md", runbook), Bundles.File("kitchen/coffee_machine/scripts/beans.sh", "# Reads: beans\n"));
        Assert.Empty(bundle.Problems);
        return [.. RunbookCheck.Check(Library.Sources, bundle, Operations).Select(p => p.ToString())];
    }
}
