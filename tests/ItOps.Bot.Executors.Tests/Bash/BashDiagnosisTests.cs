using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Bash;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.Bash;

public sealed class BashDiagnosisTests : IDisposable
{
    private const string Slow = "performance/slow/scripts/slow.sh";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("data-").CreateSubdirectory("runbooks");
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _progress = [];
    private readonly BashDiagnosis _diagnosis;

    public BashDiagnosisTests()
    {
        var runbook = new Runbook("slow", 1, "Slow laptop")
        {
            Category = "performance",
            Summary = "",
            Source = "performance/slow.md",
            Steps =
            [
                new DiagnoseStep("scripts/slow.sh", "Check the computer"),
                new DiagnoseStep("slow/scripts/linked.sh", "Linked"),
                new DiagnoseStep("performance/slow/scripts/missing.sh", "Missing"),
                new ScriptStep("scripts/change.sh", "Change", new Dictionary<string, string>()),
            ],
        };
        var options = new BashOptions(_folder.FullName, TimeSpan.FromSeconds(30));
        _diagnosis = new BashDiagnosis(new RunbookScripts(new RunbookCatalog([runbook], []), options), new ProcessRunner(_clock), options);
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

        var preview = (await _diagnosis.PreviewAsync(Arguments(Slow), Token)).Value;

        Assert.Equal([new CardChange("Check the computer", "reads the disk and the memory", "nothing is changed")], preview.Changes);
        Assert.Contains("It only reads; nothing is changed.", preview.PlainState, StringComparison.Ordinal);
        Assert.Equal(new PlanTarget("host", Environment.MachineName, Environment.MachineName, Environment.MachineName, null), preview.Target);
        Assert.Equal((OperationEffect.ReadsOnly, RiskLevel.None), (_diagnosis.Descriptor.Effect, _diagnosis.Descriptor.Risk.Level));
    }

    [Fact]
    public async Task A_script_that_changed_since_it_was_agreed_to_changes_the_preconditions()
    {
        Write(Slow, "echo one");
        var before = (await _diagnosis.PreviewAsync(Arguments(Slow), Token)).Value.Preconditions;
        Write(Slow, "echo two");
        Assert.NotEqual(before, (await _diagnosis.PreviewAsync(Arguments(Slow), Token)).Value.Preconditions);
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
    public async Task Only_a_script_that_a_diagnosis_names_is_run(string? path)
    {
        Write(Slow, "echo ran");
        Write("performance/slow/scripts/unlisted.sh", "echo ran");
        Write("performance/slow/scripts/change.sh", "echo ran");
        await File.WriteAllTextAsync(Path.Combine(_folder.Parent!.FullName, "outside.sh"), "echo ran", Token);

        Assert.Equal(ProblemCode.InvalidArguments, (await _diagnosis.PreviewAsync(Arguments(path), Token)).Problem?.Code);
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
        var problem = (await ExecuteAsync()).Problem!;
        Assert.Equal(new Problem(ProblemCode.SystemUnavailable, "The script ended with exit code 3: no disk"), problem);
    }

    [Fact]
    public async Task A_script_that_takes_too_long_is_stopped()
    {
        Write(Slow, "echo finding a fine waiting; exec sleep 1000");
        var result = await _diagnosis.ExecuteAsync(Step(Slow, (_, _) =>
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            return Task.CompletedTask;
        }), Token);
        Assert.Equal(new Problem(ProblemCode.SystemUnavailable, "The script did not end within 30 s and was stopped."), result.Problem);
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

    public void Dispose() => _folder.Parent!.Delete(recursive: true);

    private string Write(string path, string content)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    private static StepArguments Arguments(string? script) => new(script is null ? [] : [new("script", script)]);

    private static StepExecution Step(string? script, Func<string, CancellationToken, Task> progress) => new(Arguments(script), null, default, progress);

    private Task<Result<StepOutput>> ExecuteAsync(string? script = Slow) => _diagnosis.ExecuteAsync(
        Step(script, (line, _) =>
        {
            _progress.Add(line);
            return Task.CompletedTask;
        }),
        Token);
}
