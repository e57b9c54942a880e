using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Executors.Scripts;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.Scripts;

public sealed class RunScriptTests : IDisposable
{
    private const string Mend = "performance/slow/scripts/mend.sh";
    private const string Check = "performance/slow/scripts/mend.check.sh";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scripts-");
    private readonly FakeTimeProvider _clock = new();
    private readonly RunScript _run;

    public RunScriptTests()
    {
        var runbook = new Runbook("slow", 1, "Slow laptop")
        {
            Category = "performance",
            Summary = "",
            Source = "performance/slow.md",
            Steps = [new DiagnoseStep("scripts/look.sh", "Look"), new ScriptStep("scripts/mend.sh", "Mend it", new Dictionary<string, string>())],
        };
        var stage = new ScriptStage(_folder.FullName, runbook, new ProcessRunner(_clock));
        _run = new RunScript(stage.Scripts, stage.Runner);
        Write(Mend, "# Changes: the marker\ntouch \"$PWD/done\"; echo mended; echo '{\"mended\": true}'");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private bool Happened => File.Exists(Path.Combine(_folder.FullName, "performance/slow/scripts/done"));

    [Fact]
    public async Task A_change_is_shown_before_it_is_made_and_then_made()
    {
        var preview = (await PreviewAsync(("printer", "HP 4"))).Value;
        Assert.Equal(["Mend it: not known > changes the marker", "printer:  > HP 4"], preview.Changes.Select(c => $"{c.Label}: {c.Before} > {c.After}"));
        Assert.False(Happened);

        var output = (await _run.ExecuteAsync(Step(), Token)).Value;
        Assert.True(Happened);
        Assert.Equal(["mended"], output.Lines);
        Assert.Equal("true", output.Facts["mended"]);
    }

    [Fact]
    public async Task Without_a_check_nobody_claims_that_it_worked()
    {
        var verification = await _run.VerifyAsync(Step(), Token);
        Assert.Equal((true, false, false), (verification.Passed, verification.IsProof, verification.Looked));
        Assert.Equal(ReplayClass.Never, _run.ReplayOf(Step().Arguments));
    }

    [Fact]
    public async Task A_check_beside_it_says_whether_it_is_needed_and_whether_it_worked()
    {
        Write(Check, "# Reads: the marker\n[ -e \"$PWD/done\" ]");
        Assert.Equal(ReplayClass.Look, _run.ReplayOf(Step().Arguments));
        Assert.Equal("not done yet", (await PreviewAsync()).Value.Changes[0].Before);
        Assert.False((await _run.VerifyAsync(Step(), Token)).Passed);

        await _run.ExecuteAsync(Step(), Token);

        Assert.Equal(new Verification(true, "mend.check.sh found it done."), await _run.VerifyAsync(Step(), Token));
        Assert.Empty((await PreviewAsync()).Value.Changes);
    }

    [Fact]
    public async Task A_check_that_fails_says_nothing()
    {
        Write(Check, "echo no >&2; exit 7");
        Assert.Equal(ProblemCode.SystemUnavailable, (await PreviewAsync()).Problem?.Code);
        Assert.False((await _run.VerifyAsync(Step(), Token)).Passed);
    }

    [Theory]
    [InlineData(Mend)]
    [InlineData(Check)]
    public async Task An_edited_script_or_check_is_another_precondition(string path)
    {
        Write(Check, "exit 1");
        var before = (await PreviewAsync()).Value.Preconditions;
        Write(path, "exit 1 # edited");
        Assert.NotEqual(before, (await PreviewAsync()).Value.Preconditions);
    }

    [Fact]
    public async Task A_script_that_ends_badly_failed_and_is_not_taken_for_nothing()
    {
        Write(Mend, "echo half done; exit 4");
        var output = (await _run.ExecuteAsync(Step(), Token)).Value;
        Assert.Equal(new Problem(ProblemCode.ProgramFailed, "The script ended with exit code 4 and said nothing."), output.Failure);
        Assert.Equal(["half done"], output.Lines);
    }

    [Fact]
    public async Task A_script_that_is_stopped_in_the_middle_is_not_known()
    {
        Write(Mend, "echo finding a fine begun; exec sleep 1000");
        await Assert.ThrowsAsync<TimeoutException>(() => _run.ExecuteAsync(Step((_, _) =>
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            return Task.CompletedTask;
        }), Token));
    }

    [Theory]
    [InlineData("performance/slow/scripts/look.sh")]
    [InlineData(Check)]
    public async Task Only_a_script_of_a_step_that_changes_is_run(string path)
    {
        Write("performance/slow/scripts/look.sh", "touch \"$PWD/done\"");
        Write(Check, "touch \"$PWD/done\"");
        Assert.Equal(ProblemCode.InvalidArguments, (await _run.ExecuteAsync(new(ScriptStage.Arguments(path), null, default, (_, _) => Task.CompletedTask), Token)).Problem?.Code);
        Assert.False(Happened);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string path, string content)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content + "\n");
    }

    private Task<Result<Preview>> PreviewAsync(params (string Name, string Value)[] with) => _run.PreviewAsync(ScriptStage.Arguments(Mend, with), Token);

    private static StepExecution Step(Func<string, CancellationToken, Task>? progress = null) =>
        new(ScriptStage.Arguments(Mend), null, default, progress ?? ((_, _) => Task.CompletedTask));
}
