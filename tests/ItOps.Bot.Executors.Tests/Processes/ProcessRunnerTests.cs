using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.Processes;

/// <summary>With real programs. Time-outs run on a clock that the test moves once the program has said that it is ready.</summary>
public sealed class ProcessRunnerTests
{
    private static readonly TimeSpan s_timeOut = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly ProcessRunner _runner;

    public ProcessRunnerTests() => _runner = new ProcessRunner(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_errors_and_the_exit_code_come_back_apart()
    {
        var result = await BashAsync("echo one; echo two >&2; echo three; exit 7");

        Assert.Equal((ProcessEnd.Exited, 7), (result.End, result.ExitCode));
        Assert.Equal(["one", "three"], result.Output);
        Assert.Equal(["two"], result.Errors);
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are_and_no_shell_reads_them()
    {
        string[] hostile = ["$(id)", "; rm -rf x", "a b", "", "*", "'\"", "--flag", "ä\u202E\n2"];
        var result = await RunAsync(new ProcessRequest("/usr/bin/printf", ["%s|", .. hostile], Path.GetTempPath(), s_timeOut));
        Assert.Equal("$(id)|; rm -rf x|a b||*|'\"|--flag|ä\uFFFD\n2|", string.Join('\n', result.Output));
    }

    [Fact]
    public async Task The_environment_is_clean()
    {
        Environment.SetEnvironmentVariable("ITOPS_TEST_SECRET", "hunter2");
        var result = await RunAsync(new ProcessRequest("/usr/bin/env", [], Path.GetTempPath(), s_timeOut)
        {
            Environment = new Dictionary<string, string> { ["GIVEN"] = "yes", ["PATH"] = "/evil" },
        });

        var names = result.Output.Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(["GIVEN", "HOME", "ITOPS_RUN", "LANG", "PATH"], names);
        Assert.DoesNotContain("PATH=/evil", result.Output);
        Assert.Contains("LANG=C.UTF-8", result.Output);
    }

    [Fact]
    public async Task It_runs_in_the_given_folder_and_reads_the_given_input()
    {
        var result = await RunAsync(Bash("pwd; cat") with { WorkingDirectory = "/usr", StandardInput = "über\n$(id)" });
        Assert.Equal(["/usr", "über", "$(id)"], result.Output);
    }

    [Fact]
    public async Task Input_that_nobody_reads_is_no_failure()
    {
        var result = await RunAsync(Bash("exit 3") with { StandardInput = new string('x', 1_000_000) });
        Assert.Equal(3, result.ExitCode);
    }

    [Theory]
    [InlineData("/no/such/program", "/tmp")]
    [InlineData("/etc/hostname", "/tmp")]
    [InlineData("/bin/true", "/no/such/folder")]
    public async Task What_cannot_be_started_is_a_result(string file, string folder)
    {
        var result = await RunAsync(new ProcessRequest(file, [], folder, s_timeOut));
        Assert.Equal((ProcessEnd.NotStarted, null), (result.End, result.ExitCode));
        Assert.NotEmpty(Assert.Single(result.Errors));
    }

    [Fact]
    public async Task Cancelled_before_it_starts_it_never_starts()
    {
        var result = await _runner.RunAsync(Bash("echo started"), new CancellationToken(canceled: true));
        Assert.Equal(ProcessEnd.Cancelled, result.End);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("trap '' TERM INT HUP; echo $$; while :; do read -r -t 1000 <> <(:); done", "a program that ignores signals")]
    [InlineData("sleep 1000 & echo $!; wait", "a child")]
    [InlineData("bash -c 'sleep 1000 & echo $!; wait' & wait", "a grandchild")]
    [InlineData("( setsid sleep 1000 & echo $! ) ; sleep 1000", "a detached grandchild whose parent is gone")]
    [InlineData("( setsid bash -c 'echo $$; exec sleep 1000' & ) ; exec sleep 1000", "a detached session")]
    public async Task A_time_out_ends_the_program_and_everything_it_started(string script, string what)
    {
        var started = 0;
        var result = await RunAsync(Bash(script) with
        {
            Progress = (line, _) =>
            {
                started = int.Parse(line);
                _clock.Advance(s_timeOut);
                return Task.CompletedTask;
            },
        });

        Assert.Equal(ProcessEnd.TimedOut, result.End);
        Assert.Null(result.ExitCode);
        Assert.Equal([$"{started}"], result.Output);
        Assert.True(await IsGoneAsync(started), what);
    }

    [Fact]
    public async Task Cancelling_ends_it_as_well()
    {
        using var cancel = new CancellationTokenSource();
        var started = 0;
        var result = await _runner.RunAsync(
            Bash("sleep 1000 & echo $!; wait") with
            {
                Progress = (line, _) =>
                {
                    started = int.Parse(line);
                    cancel.Cancel();
                    return Task.CompletedTask;
                },
            },
            cancel.Token);

        Assert.Equal(ProcessEnd.Cancelled, result.End);
        Assert.True(await IsGoneAsync(started));
    }

    [Fact]
    public async Task What_a_program_leaves_behind_ends_with_it()
    {
        var result = await BashAsync("( setsid sleep 1000 & echo $! ); echo done");

        Assert.Equal((ProcessEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.Equal("done", result.Output[^1]);
        Assert.True(await IsGoneAsync(int.Parse(result.Output[0])));
    }

    [Fact]
    public async Task A_progress_callback_that_fails_ends_the_program_and_is_heard()
    {
        var started = 0;
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(Bash("echo $$; exec sleep 1000") with
        {
            Progress = (line, _) =>
            {
                started = int.Parse(line);
                throw new InvalidOperationException("journal");
            },
        }));

        Assert.Equal("journal", thrown.Message);
        Assert.True(await IsGoneAsync(started));
    }

    [Fact]
    public async Task Lines_are_told_while_the_program_runs()
    {
        // The program only goes on when its first line was heard: it waits for the file that hearing makes.
        var heard = Path.Combine(Path.GetTempPath(), $"heard-{Guid.NewGuid():N}");
        try
        {
            var result = await RunAsync(Bash($"echo first; until [ -e '{heard}' ]; do sleep 0.01; done; echo second") with
            {
                Progress = (line, token) => line == "first" ? File.WriteAllTextAsync(heard, "", token) : Task.CompletedTask,
            });
            Assert.Equal(["first", "second"], result.Output);
        }
        finally
        {
            File.Delete(heard);
        }
    }

    [Fact]
    public async Task Binary_output_becomes_harmless_text()
    {
        var result = await RunAsync(new ProcessRequest("/usr/bin/head", ["-c", "200000", "/dev/urandom"], Path.GetTempPath(), s_timeOut));

        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Output, line => Assert.DoesNotContain(line, c => char.IsControl(c)));
    }

    [Fact]
    public async Task A_hundred_megabytes_of_lines_are_kept_from_both_ends()
    {
        var request = Bash("yes | head -c 100000000; echo; echo the end") with { Limits = new OutputLimits(Head: 1_000, Tail: 1_000) };
        var told = 0;
        var result = await RunAsync(request with
        {
            Progress = (_, _) =>
            {
                told++;
                return Task.CompletedTask;
            },
        });

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("the end", result.Output[^1]);
        Assert.Equal(500, told);
        Assert.Equal("… 49,999,005 lines left out …", result.Output[500]);
        Assert.InRange(result.Output.Sum(line => line.Length + 1), 1_000, 2_100);
    }

    [Fact]
    public async Task A_line_without_end_is_cut()
    {
        var result = await BashAsync("head -c 100000000 /dev/zero | tr '\\0' 'y'; echo; echo after");
        Assert.Equal([new string('y', 2_000) + " … 99,998,000 more characters", "after"], result.Output);
    }

    private static ProcessRequest Bash(string script) =>
        new("/bin/bash", ["--noprofile", "--norc", "-c", script], Path.GetTempPath(), s_timeOut);

    private Task<ProcessResult> BashAsync(string script) => RunAsync(Bash(script));

    private Task<ProcessResult> RunAsync(ProcessRequest request) => _runner.RunAsync(request, Token);

    /// <summary>A program that was killed is gone when the kernel gets to it, which on a busy machine is not at once.</summary>
    private static async Task<bool> IsGoneAsync(int id)
    {
        for (var look = 0; look < 3_000 && IsRunning(id); look++)
            await Task.Delay(20, Token);
        return !IsRunning(id);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            // A zombie waits for a parent to look at it; it does not run any more.
            return !File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
