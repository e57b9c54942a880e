using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Executors.Scripts;
using ItOps.Bot.Executors.Ssh;
using ItOps.Bot.Executors.Tests.Scripts;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Tests.Ssh;

/// <summary>Against the real client and a real server on loopback.</summary>
public sealed class SshHostTests : IClassFixture<SshServer>, IDisposable
{
    private const string Look = "network/vpn/scripts/look.sh";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ssh-scripts-");
    private readonly SshServer _server;
    private readonly PinnedKeys _pins = new();

    public SshHostTests(SshServer server)
    {
        SshServer.SkipWhereAbsent();
        _server = server;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_runs_there_with_its_arguments_and_comes_back_as_findings_and_facts()
    {
        Write(Look, """
            # Reads: the shell
            cat
            echo "finding seen notice $1 $2, $# words, from ${SSH_CONNECTION%% *}"
            echo '{"disk_free_gb": 12}'
            """);
        var told = new List<string>();

        var output = (await Check(_server.Host()).ExecuteAsync(
            new(ScriptStage.ArgumentsOn("device", "LAB-1", Look, ("printer", "HP 4; id")), null, default, (line, _) =>
            {
                told.Add(line);
                return Task.CompletedTask;
            }),
            Token)).Value;

        Assert.Equal(["--printer HP 4; id, 2 words, from 127.0.0.1"], output.Findings.Select(f => f.Text));
        Assert.Equal(told, output.Findings.Select(f => f.Text));
        Assert.Equal("12", output.Facts["disk_free_gb"]);
        Assert.Empty(output.Lines);
        Assert.Null(output.Failure);
    }

    [Theory]
    [InlineData("'; touch broken; '")]
    [InlineData("$(touch broken)`touch broken`")]
    [InlineData("a' \"b\" \\ \\' '\\'' !! ~ * ? [x] {y} #z | & < > ; %PATH% ^")]
    [InlineData("line one\nline two\r\n\ttab")]
    [InlineData("} </dev/null; touch broken; {")]
    [InlineData("ünïcödé 漢字 😀 \u202e\u2028")]
    public async Task No_argument_breaks_out_of_its_quotes(string value)
    {
        Write(Look, """printf '%s' "$2" | base64 -w0; echo; ls broken 2>/dev/null""");

        var run = await Host(_server.Host()).RunAsync(Job(Look, value), Token);

        Assert.Equal([Convert.ToBase64String(Encoding.UTF8.GetBytes(value))], run.Process.Output);
    }

    [Fact]
    public async Task The_exit_code_and_the_last_words_come_back()
    {
        Write(Look, "echo finding a fine ok; echo 'no disk' >&2; exit 3");
        var output = (await ExecuteAsync(Check(_server.Host()))).Value;
        Assert.Equal(new Problem(ProblemCode.ProgramFailed, "The script ended with exit code 3: no disk"), output.Failure);
        Assert.Equal(["no disk"], output.Lines);
    }

    [Fact]
    public async Task What_takes_too_long_is_ended_by_the_other_side()
    {
        Write(Look, "exec sleep 1000");
        var run = await Host(_server.Host()).RunAsync(Job(Look, "x", TimeSpan.FromSeconds(3)), Token);
        Assert.Equal((ProcessEnd.Exited, 124, null), (run.Process.End, run.Process.ExitCode, run.NotBegun));
    }

    [Fact]
    public async Task A_host_that_shows_another_key_gets_nothing()
    {
        Write(Look, "echo finding a fine ran");
        var wrong = _server.Host() with { HostKey = _server.Public("unknown") };
        var changed = _server.Host() with { HostKey = null, KnownHosts = _server.KnownHosts(_server.Public("good")) };
        var unlisted = _server.Host() with { HostKey = null, KnownHosts = "/dev/null" };
        foreach (var host in new[] { wrong, changed, unlisted })
        {
            var problem = (await ExecuteAsync(Check(host))).Problem!;
            Assert.Equal((ProblemCode.SystemUnavailable, "lab-1 could not be reached: Host key verification failed."), (problem.Code, problem.Detail));
        }

        Assert.Null((await ExecuteAsync(Check(_server.Host() with { HostKey = null, KnownHosts = _server.KnownHosts(_server.HostKey) }))).Value.Failure);
    }

    [Fact]
    public async Task A_key_that_is_refused_and_a_server_that_is_away_mean_that_nothing_ran()
    {
        Write(Look, "echo finding a fine ran");
        Assert.Contains("Permission denied", (await ExecuteAsync(Check(_server.Host() with { KeyFile = _server.UnknownKey }))).Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains("Connection refused", (await ExecuteAsync(Check(_server.Host() with { Port = 1 }))).Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_dies_in_the_middle_of_a_change_leaves_it_unknown()
    {
        await using var dying = new SshServer();
        await dying.InitializeAsync();
        Write("network/vpn/scripts/mend.sh", "echo finding begun fine begun; exec sleep 60");
        var stage = Stage(dying.Host());

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => new RunScript(stage.Scripts, stage.Runner).ExecuteAsync(
            new(ScriptStage.ArgumentsOn("named", "lab-1", "network/vpn/scripts/mend.sh"), null, default, (_, _) => dying.StopAsync()), Token));

        Assert.Equal("The connection was lost while the script ran.", thrown.Message);
    }

    [Fact]
    public async Task A_host_with_a_program_of_its_own_runs_what_it_allows_and_nothing_else()
    {
        const string Allowed = "printf 'finding seen notice %s\\n' \"$*\"; cat";
        Write(Look, Allowed);
        var forced = _server.Host() with { KeyFile = _server.ForcedKey, ForceCommand = true };
        await File.WriteAllTextAsync(Path.Combine(_server.Allowed, "scripts"), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Allowed + "\n"))) + "  look.sh\n", Token);
        await File.WriteAllTextAsync(Path.Combine(_server.Allowed, "commands"), "/bin/echo restart cups\n", Token);

        Assert.Equal(["--printer a b"], (await ExecuteAsync(Check(forced), ("printer", "a b"))).Value.Findings.Select(f => f.Text));
        var command = await Host(forced).RunAsync(new CommandJob(["/bin/echo", "restart", "cups"], TimeSpan.FromSeconds(30)), Token);
        Assert.Equal(["restart cups"], command.Process.Output);

        Write(Look, Allowed + " ");
        Assert.Contains("is not allowed on this host", (await ExecuteAsync(Check(forced))).Value.Failure!.Detail, StringComparison.Ordinal);
        var other = await Host(forced).RunAsync(new CommandJob(["/bin/echo", "restart", "sshd"], TimeSpan.FromSeconds(30)), Token);
        Assert.Equal((126, "refused: the command is not allowed on this host"), (other.Process.ExitCode, other.Process.Errors[^1]));
    }

    [Fact]
    public async Task Commands_run_there_one_program_each_without_expanding_anything()
    {
        var run = await Host(_server.Host()).RunAsync(new CommandJob(["/bin/echo", "$HOME", "*", "a'b", "; id"], TimeSpan.FromSeconds(30)), Token);
        Assert.Equal((0, "$HOME * a'b ; id"), (run.Process.ExitCode, Assert.Single(run.Process.Output)));
        Assert.Empty(run.Process.Errors);
    }

    [Theory]
    [InlineData("device", "LAB-1", "alice", true)]
    [InlineData("device", null, "alice", true)]
    [InlineData("named", "lab-1", "alice", true)]
    [InlineData("device", "lab-1", "bob", false)]
    [InlineData("named", "lab-1", "bob", false)]
    [InlineData("device", null, "bob", false)]
    [InlineData("device", "lab-1 ", "alice", false)]
    [InlineData("device", "l\u0430b-1", "alice", false)]
    [InlineData("device", "127.0.0.1", "alice", false)]
    [InlineData("named", "-oProxyCommand=id", "alice", false)]
    [InlineData("named", null, "alice", false)]
    public async Task Somebodys_computer_is_for_them_alone_and_is_found_by_its_name(string target, string? name, string owner, bool found)
    {
        Write(Look, "echo");
        var preview = await Check(_server.Host() with { Owner = new PersonId(owner) }).PreviewAsync(ScriptStage.ArgumentsOn(target, name, Look), Token);
        Assert.Equal(found ? "ssh/lab-1" : "NotOffered", preview.Failed ? preview.Problem.Code.ToString() : preview.Value.Target.Id);
    }

    [Fact]
    public async Task Where_a_host_is_or_by_which_key_it_is_known_is_part_of_what_was_agreed()
    {
        Write(Look, "echo");
        var before = (await Check(_server.Host()).PreviewAsync(ScriptStage.ArgumentsOn("named", "lab-1", Look), Token)).Value;
        foreach (var other in new[] { _server.Host() with { Address = "localhost" }, _server.Host() with { HostKey = _server.Public("good") }, _server.Host() with { User = "root2" } })
            Assert.NotEqual(before.Preconditions, (await Check(other).PreviewAsync(ScriptStage.ArgumentsOn("named", "lab-1", Look), Token)).Value.Preconditions);
    }

    [Fact]
    public async Task The_self_check_tells_who_answers()
    {
        Host[] hosts = [Host(_server.Host()), Host(_server.Host("away") with { Port = 1 })];
        var results = await new SshSelfCheck(hosts, Options).ExamineAsync(Token);
        Assert.Equal([null, "away could not be reached: ssh: connect to host 127.0.0.1 port 1: Connection refused"], results.Select(r => r.Problem));
    }

    [Fact]
    public async Task PowerShell_gets_one_fixed_program_and_everything_else_as_data()
    {
        FakePowerShell.Write(_server.Programs);
        Write("network/vpn/scripts/look.ps1", "param([string]$printer)\nWrite-Output \"finding seen notice $printer\"");
        var stage = Stage(_server.Host() with { KeyFile = _server.PowerShellKey, Shell = SshShell.PowerShell });
        var arguments = ScriptStage.ArgumentsOn("named", "lab-1", "network/vpn/scripts/look.ps1", ("printer", "'; Add-ADGroupMember x `n $(id) ü"));

        var output = (await new CheckScript(stage.Scripts, stage.Runner).ExecuteAsync(new(arguments, null, default, (_, _) => Task.CompletedTask), Token)).Value;

        Assert.Equal(["param([string]$printer) / printer='; Add-ADGroupMember x `n $(id) ü"], output.Findings.Select(f => f.Text));
        Assert.Equal(ProblemCode.NotOffered, (await new CheckScript(stage.Scripts, stage.Runner).PreviewAsync(ScriptStage.ArgumentsOn("named", "lab-1", Look), Token)).Problem?.Code);
    }

    public void Dispose()
    {
        _pins.Dispose();
        _folder.Delete(recursive: true);
    }

    private static SshOptions Options => new("/usr/bin/ssh", TimeSpan.FromSeconds(60), []);

    private SshHost Host(SshHostOptions host) => new(host, Options, _pins, new ProcessRunner(TimeProvider.System));

    private ScriptStage Stage(SshHostOptions host)
    {
        Write(Look, File.Exists(Path.Combine(_folder.FullName, Look)) ? null : "echo");
        var runbook = new Runbook("vpn", 1, "VPN")
        {
            Category = "network",
            Summary = "",
            Source = "network/vpn.md",
            Steps = [new DiagnoseStep("scripts/look.sh", "Look"), new DiagnoseStep("scripts/look.ps1", "Look"), new ScriptStep("scripts/mend.sh", "Mend", new Dictionary<string, string>())],
        };
        return new(_folder.FullName, runbook, new ProcessRunner(TimeProvider.System), Host(host));
    }

    private CheckScript Check(SshHostOptions host)
    {
        var stage = Stage(host);
        return new(stage.Scripts, stage.Runner);
    }

    private static Task<Result<StepOutput>> ExecuteAsync(CheckScript check, params (string Name, string Value)[] with) =>
        check.ExecuteAsync(new(ScriptStage.ArgumentsOn("named", "lab-1", Look, with), null, default, (_, _) => Task.CompletedTask), Token);

    private ScriptJob Job(string path, string value, TimeSpan? timeOut = null) =>
        new(Path.Combine(_folder.FullName, path), path, ScriptShell.Bash, [new("printer", value)], timeOut ?? TimeSpan.FromSeconds(30));

    private void Write(string path, string? content)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (content is not null)
            File.WriteAllText(file, content + "\n");
    }
}
