using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Executors.Scripts;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.Scripts;

public sealed class CheckScriptTests : IDisposable
{
    private const string Slow = "performance/slow/scripts/slow.sh";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("data-").CreateSubdirectory("runbooks");
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _progress = [];
    private readonly CheckScript _check;

    public CheckScriptTests()
    {
        var runbook = new Runbook("slow", 1, "Slow laptop")
        {
            Category = "performance",
            Summary = "",
            Source = "performance/slow.md",
            Steps =
            [
                new DiagnoseStep("scripts/slow.sh", "Check the computer"),
                new DiagnoseStep("scripts/linked.sh", "Linked"),
                new DiagnoseStep("scripts/missing.sh", "Missing"),
                new ScriptStep("scripts/change.sh", "Change", new Dictionary<string, string>()),
            ],
        };
        var stage = new ScriptStage(_folder.FullName, runbook, new ProcessRunner(_clock));
        _check = new CheckScript(stage.Scripts, stage.Runner);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_come_worst_first_and_other_lines_are_output()
    {
        Write(Slow, "echo looking; echo finding a fine All is well.; echo finding b problem It burns.; echo finding c notice Warm.; echo finding d problem It smokes.; echo done >&2");

        var output = (await ExecuteAsync()).Value;

        Assert.Equal(["b", "d", "c", "a"], output.Findings.Select(f => f.Id));
        Assert.Equal(new Finding("b", FindingLevel.Problem, "It burns."), output.Findings[0]);
        Assert.Equal(["looking", "done"], output.Lines);
        Assert.Equal(["All is well.", "It burns.", "Warm.", "It smokes."], _progress);
        Assert.Null(output.ForOwner);
    }

    [Theory]
    [InlineData("finding")]
    [InlineData("finding x terrible Text")]
    [InlineData("finding X problem Text")]
    [InlineData("finding a;b problem Text")]
    [InlineData("finding x problem")]
    [InlineData(" finding x problem Text")]
    [InlineData("findings x problem Text")]
    public void A_line_that_is_almost_a_finding_is_none(string line) => Assert.Null(FindingLine.Read(line));

    [Fact]
    public async Task The_preview_says_what_is_read_and_that_nothing_changes()
    {
        Write(Slow, "# Reads: the disk and the memory\n");

        var preview = (await _check.PreviewAsync(Arguments(Slow), Token)).Value;

        Assert.Equal([new CardChange("Check the computer", "reads the disk and the memory", "nothing is changed")], preview.Changes);
        Assert.Contains("It only reads; nothing is changed.", preview.PlainState, StringComparison.Ordinal);
        Assert.Equal(new PlanTarget("host", "bot-host", $"the bot's host ({Environment.MachineName})", Environment.MachineName, null), preview.Target);
        Assert.Equal((OperationEffect.ReadsOnly, RiskLevel.None), (_check.Descriptor.Effect, _check.Descriptor.Risk.Level));
    }

    [Fact]
    public async Task A_script_that_changed_since_it_was_agreed_to_changes_the_preconditions()
    {
        Write(Slow, "echo one");
        var before = (await _check.PreviewAsync(Arguments(Slow), Token)).Value.Preconditions;
        Write(Slow, "echo two");
        Assert.NotEqual(before, (await _check.PreviewAsync(Arguments(Slow), Token)).Value.Preconditions);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside.sh")]
    [InlineData("performance/../../outside.sh")]
    [InlineData("performance/slow/scripts/./slow.sh")]
    [InlineData("performance/slow/scripts/slow.sh\n")]
    [InlineData("performance/slow/scripts/slow.sh; id")]
    [InlineData("performance\\slow\\scripts\\slow.sh")]
    [InlineData("performance/slow/scripts/unlisted.sh")]
    [InlineData("performance/slow/scripts/change.sh")]
    [InlineData("performance/slow/scripts/missing.sh")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Only_a_script_that_a_check_names_is_run(string? path)
    {
        Write(Slow, "echo ran");
        Write("performance/slow/scripts/unlisted.sh", "echo ran");
        Write("performance/slow/scripts/change.sh", "echo ran");
        await File.WriteAllTextAsync(Path.Combine(_folder.Parent!.FullName, "outside.sh"), "echo ran", Token);

        Assert.Equal(ProblemCode.InvalidArguments, (await _check.PreviewAsync(Arguments(path), Token)).Problem?.Code);
        Assert.Equal(ProblemCode.InvalidArguments, (await ExecuteAsync(path)).Problem?.Code);
    }

    [Fact]
    public async Task A_script_behind_a_link_is_not_run()
    {
        Write("real.sh", "echo ran");
        var scripts = Directory.CreateDirectory(Path.Combine(_folder.FullName, "performance/slow/scripts")).FullName;
        File.CreateSymbolicLink(Path.Combine(scripts, "linked.sh"), Path.Combine(_folder.FullName, "real.sh"));
        Assert.Equal(ProblemCode.InvalidArguments, (await ExecuteAsync("performance/slow/scripts/linked.sh")).Problem?.Code);

        Write("elsewhere/scripts/slow.sh", "echo ran");
        Directory.Delete(Path.Combine(_folder.FullName, "performance/slow"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "performance/slow"), Path.Combine(_folder.FullName, "elsewhere"));
        Assert.Equal(ProblemCode.InvalidArguments, (await ExecuteAsync()).Problem?.Code);
    }

    [Fact]
    public async Task A_script_that_fails_is_a_problem_with_its_last_words()
    {
        Write(Slow, "echo finding a fine ok; echo first >&2; printf 'no \\033[31mdisk\\n' >&2; exit 3");
        var output = (await ExecuteAsync()).Value;
        Assert.Equal(new Problem(ProblemCode.ProgramFailed, "The script ended with exit code 3: no disk"), output.Failure);
        Assert.Equal(["a"], output.Findings.Select(f => f.Id));
    }

    [Fact]
    public async Task A_script_that_takes_too_long_is_stopped()
    {
        Write(Slow, "echo finding a fine waiting; exec sleep 1000");
        var result = await _check.ExecuteAsync(Step(Slow, (_, _) =>
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            return Task.CompletedTask;
        }), Token);
        Assert.Equal(new Problem(ProblemCode.ProgramFailed, "The script did not end within 30 s and was stopped."), result.Value.Failure);
    }

    [Fact]
    public async Task No_start_up_file_of_the_user_takes_part()
    {
        Environment.SetEnvironmentVariable("BASH_ENV", Write("evil.sh", "echo evil"));
        try
        {
            Write(Slow, "echo \"$# $-\"");
            Assert.Equal(["0 hB"], (await ExecuteAsync()).Value.Lines);
        }
        finally
        {
            Environment.SetEnvironmentVariable("BASH_ENV", null);
        }
    }

    [Theory]
    [InlineData("HP LaserJet 4")]
    [InlineData("x; touch /tmp/broken-out")]
    [InlineData("$(touch /tmp/broken-out) `id` \"'\\ {user} %PATH% \u2014 |&<>*?[]~#!")]
    public async Task What_a_script_is_given_arrives_as_one_argument(string value)
    {
        Write(Slow, """printf '%s|' "$@"; echo""");
        Assert.Equal([$"--device|PC-1|--printer|{value}|"], (await ExecuteAsync(Slow, ("printer", value), ("device", "PC-1"))).Value.Lines);
    }

    [Theory]
    [InlineData("printer", "--all")]
    [InlineData("printer", "\u2013all")]
    [InlineData("printer", "-Command")]
    [InlineData("printer", "a\nb")]
    [InlineData("Printer", "a")]
    [InlineData("x; id", "a")]
    public async Task A_value_that_could_be_taken_for_an_option_or_a_second_line_is_refused(string name, string value)
    {
        Write(Slow, "echo ran");
        Assert.Equal(ProblemCode.InvalidArguments, (await _check.PreviewAsync(Arguments(Slow, (name, value)), Token)).Problem?.Code);
        Assert.Equal(ProblemCode.InvalidArguments, (await ExecuteAsync(Slow, (name, value))).Problem?.Code);
    }

    [Fact]
    public async Task A_line_of_JSON_gives_facts_and_only_plain_ones()
    {
        Write(Slow, """
            echo '{"disk_free_gb": 12, "name": "a b", "on": true, "Bad": 1, "list": [1], "none": null, "9x": 1}'
            echo '{"disk_free_gb": 13}'
            echo '{"long": "'$(printf 'x%.0s' {1..300})'"}'
            echo '{not json}'
            """);

        var output = (await ExecuteAsync()).Value;

        Assert.Equal(["disk_free_gb=13", $"long={new string('x', 200)}…", "name=a b", "on=true"], output.Facts.Select(f => $"{f.Key}={f.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(["{not json}"], output.Lines);
    }

    [Fact]
    public async Task There_are_at_most_thirty_facts()
    {
        Write(Slow, "for i in $(seq 1 50); do echo \"{\\\"fact_$i\\\": $i}\"; done");
        Assert.Equal(30, (await ExecuteAsync()).Value.Facts.Count);
    }

    [Fact]
    public async Task Secrets_are_masked_wherever_a_line_goes()
    {
        Write(Slow, $"echo finding a notice Password=hunter22 is set; echo 'it is {ScriptStage.Secret}'; echo 'token: abcdef' >&2; echo '{{\"api_key\": \"abcdef\", \"seen\": \"{ScriptStage.Secret}\"}}'");

        var output = (await ExecuteAsync()).Value;

        Assert.Equal(["it is ***", "token: ***"], output.Lines);
        Assert.Equal(["Password=*** is set"], output.Findings.Select(f => f.Text));
        Assert.Equal(["***", "***"], output.Facts.Values);
        Assert.Equal(["Password=*** is set"], _progress);
    }

    public void Dispose() => _folder.Parent!.Delete(recursive: true);

    private string Write(string path, string content)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    private static StepArguments Arguments(string? script, params (string Name, string Value)[] with) => ScriptStage.Arguments(script, with);

    private static StepExecution Step(string? script, Func<string, CancellationToken, Task> progress, params (string Name, string Value)[] with) =>
        new(Arguments(script, with), null, default, progress);

    private Task<Result<StepOutput>> ExecuteAsync(string? script = Slow, params (string Name, string Value)[] with) => _check.ExecuteAsync(
        Step(script, (line, _) =>
        {
            _progress.Add(line);
            return Task.CompletedTask;
        }, with),
        Token);
}
