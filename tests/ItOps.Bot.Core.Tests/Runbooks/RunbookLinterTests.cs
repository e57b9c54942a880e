using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Core.Tests.Runbooks;

public sealed class RunbookLinterTests
{
    private const string Folder = "access";

    private static readonly OperationDescriptor Unlock = Operation("account.unlock", OperationEffect.Changes, new OperationArgument("account", ArgumentKind.Account, "whose"));

    private static readonly OperationDescriptor AddMember = Operation(
        "group.add-member", OperationEffect.Changes,
        new OperationArgument("group", ArgumentKind.Group, "which"), new OperationArgument("account", ArgumentKind.Account, "whose"));

    private static readonly OperationDescriptor Diagnose = Operation("script.diagnose", OperationEffect.ReadsOnly, new OperationArgument("script", ArgumentKind.Script, "which"));

    private static readonly OperationDescriptor RunScript = Operation("script.run", OperationEffect.Changes, new OperationArgument("script", ArgumentKind.Script, "which")) with { HasOwnStep = true };

    private static readonly RunbookParameter Account = new("account", ParameterKind.Account, "Which account?");

    [Fact]
    public void A_sound_runbook_has_no_findings() => Assert.Empty(Lint(Sound()));

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_is_found(string message, Runbook runbook)
    {
        var finding = Assert.Single(Lint(runbook), f => f.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(runbook.Source, finding.File);
    }

    public static TheoryData<string, Runbook> Broken => new()
    {
        { "differs from the file's name", Sound() with { Source = $"{Folder}/other.md" } },
        { "the version is 0", Sound() with { Version = 0 } },
        { "has no utterances", Sound() with { Utterances = [] } },
        { "has only 1 utterances", Sound() with { Utterances = ["unlock me"] } },
        { "does not say what the person hears", Sound() with { Done = " " } },
        { "has no steps", Sound() with { Steps = [], Parameters = [] } },
        { "there is no operation 'account.unlok'; did you mean 'account.unlock'?", Sound() with { Steps = [Run("account.unlok", ("account", "{account}"))] } },
        { "'account.unlock' needs the argument 'account'", Sound() with { Steps = [Run("account.unlock")], Parameters = [] } },
        { "'account.unlock' has no argument 'acount'; did you mean 'account'?", Sound() with { Steps = [Run("account.unlock", ("account", "{account}"), ("acount", "{account}"))] } },
        { "there is no parameter 'acount'; did you mean 'account'?", Sound() with { Steps = [Run("account.unlock", ("account", "{acount}"))] } },
        { "is never left out", Sound() with { Steps = [.. Sound().Steps, Run("account.unlock", ("account", "{account}")) with { IfOffered = true }] } },
        { "may leave out the first step", Sound() with { Steps = [Run("account.unlock", ("account", "{account}")) with { IfOffered = true }] } },
        { "mixes text and parameters", Sound() with { Steps = [Run("account.unlock", ("account", "x-{account}"))] } },
        { "mixes text and parameters", Sound() with { Steps = [Run("account.unlock", ("account", "{account}{account}"))] } },
        { "an object is named by a parameter", Sound() with { Steps = [Run("account.unlock", ("account", "directory/administrator"))] } },
        { "wants a parameter of kind 'group'", Sound() with { Steps = [Run("group.add-member", ("account", "{account}"), ("group", "{account}"))] } },
        { "asked for and never used", Sound() with { Parameters = [Account, new RunbookParameter("colour", ParameterKind.Text, "Which colour?")] } },
        { "is there twice", Sound() with { Parameters = [Account, Account] } },
        { "has 1 options", Sound() with { Parameters = [Account, new RunbookParameter("how", ParameterKind.Choice, "How?") { Required = false, Options = [new("a", "A", [])] }] } },
        { "does not say what it gives access to", Sound() with { Parameters = [Account, new RunbookParameter("share", ParameterKind.Group, "Which?") { Required = false }] } },
        { "there is no parameter 'drive'", Sound() with { Parameters = [Account with { SameSystemAs = "drive" }] } },
        { "there is no script 'scripts/look.sh'", Sound() with { Steps = [new DiagnoseStep("scripts/look.sh", "Look")], Parameters = [] } },
        { "depends on findings", Sound() with { Steps = [new GuideStep("Do it.", null, ["disk-full"]), .. Sound().Steps] } },
        { "hands off before the last step", Sound() with { Steps = [new HandOffStep("Too hard"), .. Sound().Steps] } },
        { "there is no runbook 'reset_it'", Sound() with { Otherwise = ["reset_it"] } },
        { "offers itself", Sound() with { Otherwise = ["unlock_it"] } },
        { "nobody may ask on behalf of others", Sound() with { OnBehalf = new OnBehalf(false, [], true) } },
        { "is a chained command", Sound() with { Body = "Command: reset-password --user {user} && curl http://127.0.0.1:9/x?d={user}" } },
        { "is a chained command", Sound() with { Body = "First:\n\n```sh\nnet user x; net user y\n```\n" } },
        { "is a chained command", Sound() with { Steps = [.. Sound().Steps, new GuideStep("Enter `ipconfig | clip` and press return.", null, [])] } },
        { "is a command with a parameter in it", Sound() with { Body = "Run: unlock-account --user {account}" } },
        { "a character that a shell would act on", Sound() with { Steps = [.. Sound().Steps, new ScriptStep("scripts/mend.sh", "Mend", Arguments(("how", "a;b")))] } },
        { "'How' is no name of an argument", Sound() with { Steps = [.. Sound().Steps, new ScriptStep("scripts/mend.sh", "Mend", Arguments(("How", "a")))] } },
        { "there is no command", Sound() with { Steps = [.. Sound().Steps, new CommandsStep([" "], "Mend")] } },
        { "has 0 commands", Sound() with { Steps = [.. Sound().Steps, new CommandsStep([], "Mend")] } },
        { "is not for a 'run' step", Sound() with { Steps = [.. Sound().Steps, Run("script.run", ("script", "scripts/mend.sh"))] } },
    };

    [Theory]
    [InlineData("Read the `ipconfig` page & ask a colleague.")]
    [InlineData("Either / or; this is a sentence with a semicolon.")]
    [InlineData("Go to Settings > Accounts > Sign-in options.")]
    public void Plain_text_is_no_command(string body) => Assert.Empty(Lint(Sound() with { Body = body }));

    [Fact]
    public void A_script_needs_an_executor_that_runs_scripts()
    {
        var looks = Source(Sound() with { Steps = [new DiagnoseStep("scripts/look.sh", "Look")], Parameters = [] }, "scripts/look.sh");

        Assert.Contains("no executor for scripts is enabled", Assert.Single(RunbookLinter.Lint([looks], [Unlock])).Message, StringComparison.Ordinal);
        Assert.Empty(RunbookLinter.Lint([looks], [Unlock, Diagnose]));
    }

    [Fact]
    public void An_executor_that_only_reads_runs_no_script_that_changes()
    {
        var mends = Source(Sound() with { Steps = [new ScriptStep("scripts/mend.sh", "Mend", Arguments())], Parameters = [] }, "scripts/mend.sh");

        Assert.Single(RunbookLinter.Lint([mends], [Diagnose]));
        Assert.Empty(RunbookLinter.Lint([mends], [RunScript]));
    }

    [Theory]
    [InlineData("unlock my account please now", "Unlock my account, please, now!")]
    [InlineData("unlock my account", "please unlock the account")]
    [InlineData("my screen stays black after updating windows", "my screen stays dark after updating windows")]
    public void An_utterance_that_would_steal_from_another_runbook_is_found(string ours, string theirs)
    {
        var findings = RunbookLinter.Lint(
            [Source(Sound() with { Utterances = [ours, .. Sound().Utterances] }), Source(Other() with { Utterances = [theirs, .. Other().Utterances] })], [Unlock]);

        Assert.Contains("would steal from", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unlock my account", "delete my account")]
    [InlineData("vpn does not connect", "wifi does not connect")]
    public void Utterances_that_differ_in_the_word_that_matters_are_fine(string ours, string theirs) =>
        Assert.Empty(RunbookLinter.Lint(
            [Source(Sound() with { Utterances = [ours, .. Sound().Utterances] }), Source(Other() with { Utterances = [theirs, .. Other().Utterances] })], [Unlock]));

    [Fact]
    public void The_person_and_the_permission_are_used_by_what_they_are()
    {
        var runbook = Sound() with
        {
            Parameters =
            [
                new RunbookParameter("person", ParameterKind.Person, "Who?") { Slot = "user" }, Account,
                new RunbookParameter("share", ParameterKind.Group, "Which?") { Resource = "shared-drive" },
                new RunbookParameter("permission", ParameterKind.Choice, "How much?") { Slot = "permission", Options = [new("read", "Read", []), new("write", "Write", [])] },
            ],
            Steps = [Run("group.add-member", ("account", "{account}"), ("group", "{share}"))],
        };

        Assert.Empty(Lint(runbook));
    }

    [Fact]
    public void A_finding_has_the_line_of_what_it_is_about()
    {
        var lines = new Dictionary<string, int> { ["steps"] = 20, ["steps[0]"] = 21, ["steps[0].with"] = 22 };
        var source = new RunbookSource(Sound() with { Steps = [Run("account.unlock", ("account", "{nobody}"))], Parameters = [] }, lines, new HashSet<string>());

        Assert.Equal("access/unlock_it.md:22: there is no parameter 'nobody'", Assert.Single(RunbookLinter.Lint([source], [Unlock])).ToString());
    }

    [Fact]
    public void A_thousand_runbooks_are_linted_without_comparing_each_with_each()
    {
        var sources = Enumerable.Range(0, 1000).Select(i => Source(Sound() with
        {
            Id = $"rb{i}",
            Source = $"{Folder}/rb{i}.md",
            Utterances = [.. Enumerable.Range(0, 20).Select(u => $"thing{i} part{i} number{u} does not want to go")],
        })).ToList();

        Assert.Empty(RunbookLinter.Lint(sources, [Unlock]));
    }

    private static IReadOnlyList<SourceProblem> Lint(Runbook runbook) => RunbookLinter.Lint(
        [Source(runbook, "scripts/mend.sh")], [Unlock, AddMember, Diagnose, RunScript]);

    private static RunbookSource Source(Runbook runbook, params string[] scripts) => new(runbook, new Dictionary<string, int>(), scripts.ToHashSet());

    private static Runbook Sound() => new("unlock_it", 1, "Unlock it")
    {
        Category = Folder,
        Summary = "Unlock it",
        Source = $"{Folder}/unlock_it.md",
        Utterances = ["it is locked", "locked again", "cannot get in, locked", "please release", "my user is blocked"],
        Parameters = [Account],
        Steps = [Run("account.unlock", ("account", "{account}"))],
        Done = "Unlocked.",
    };

    private static Runbook Other() => Sound() with
    {
        Id = "other_thing",
        Source = $"{Folder}/other_thing.md",
        Utterances = ["printer is out of paper", "the tray is empty", "nothing comes out of the printer", "paper jam", "toner low"],
    };

    private static RunStep Run(string operation, params (string, string)[] arguments) => new(operation, Arguments(arguments));

    private static Dictionary<string, string> Arguments(params (string Name, string Value)[] arguments) => arguments.ToDictionary(a => a.Name, a => a.Value);

    private static OperationDescriptor Operation(string id, OperationEffect effect, params OperationArgument[] arguments) =>
        new(id, id, effect, ReplayClass.Probe, new CardRisk(RiskLevel.Low, "reversible"), arguments);
}
