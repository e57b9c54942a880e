using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Commands;
using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Tests.Commands;

public sealed class RunCommandTests
{
    private static readonly CommandPolicy Policy = new(1,
    [
        Form("echo", "Say something", OperationEffect.Changes, "/bin/echo", new FormWord("-e", null), new FormWord(null, new("text") { Pattern = "[^\\p{Cc}]+", Parameters = [ParameterKind.Text] })),
        Form("cat", "Read a file", OperationEffect.ReadsOnly, "/bin/cat", new FormWord(null, new("file") { Below = "/nowhere" })),
        Form("ls", "List", OperationEffect.ReadsOnly, null),
    ]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("echo -e cups", "cups")]
    [InlineData("echo -e '$(id); `id` | tee * ~ > /tmp/x'", "$(id); `id` | tee * ~ > /tmp/x")]
    [InlineData("echo -e \"it's\"", "it's")]
    public async Task A_line_runs_without_a_shell_and_tells_its_exit_code(string line, string said)
    {
        var output = (await Operation().ExecuteAsync(Step(line), Token)).Value;
        Assert.Equal([said, "exit code 0"], output.Lines);
        Assert.Null(output.Failure);
    }

    [Fact]
    public async Task A_line_that_ends_badly_failed_and_keeps_what_it_said()
    {
        var output = (await Operation().ExecuteAsync(Step("cat /nowhere/file"), Token)).Value;
        Assert.Equal(["/bin/cat: /nowhere/file: No such file or directory", "exit code 1"], output.Lines);
        Assert.Equal(ProblemCode.ProgramFailed, output.Failure?.Code);
    }

    [Fact]
    public async Task The_card_shows_the_program_by_its_whole_path_and_what_it_does()
    {
        var preview = (await Operation(sudo: "/usr/bin/sudo").PreviewAsync(Step("echo -e 'a b'").Arguments, Token)).Value;
        Assert.Equal(["Say something: not run yet > /usr/bin/sudo -n -- /bin/echo -e 'a b'"], preview.Changes.Select(c => $"{c.Label}: {c.Before} > {c.After}"));
        Assert.Equal("/bin/cat /nowhere/a", (await Operation(sudo: "/usr/bin/sudo").PreviewAsync(Step("cat /nowhere/a").Arguments, Token)).Value.Preconditions["program"]);

        var descriptor = Operation().Descriptor;
        var step = Step("echo -e '{target}'");
        Assert.Equal("Run 'echo -e '{target}'' on here", descriptor.TitleOf(new PlanStep(descriptor.Id, step.Arguments, new("host", "x", "here", "here", null))));
    }

    [Theory]
    [InlineData("echo -e a | tee b", ProblemCode.InvalidArguments)]
    [InlineData("echo -e {text}", ProblemCode.InvalidArguments)]
    [InlineData("rm -rf x", ProblemCode.InvalidArguments)]
    [InlineData("/bin/echo -e a", ProblemCode.InvalidArguments)]
    [InlineData("cat /nowhere/../etc/shadow", ProblemCode.InvalidArguments)]
    [InlineData("ls", ProblemCode.NotOffered)]
    public async Task What_the_list_does_not_have_is_refused_at_the_look_and_at_the_run(string line, ProblemCode code)
    {
        Assert.Equal(code, (await Operation().PreviewAsync(Step(line).Arguments, Token)).Problem?.Code);
        Assert.Equal(code, (await Operation().ExecuteAsync(Step(line), Token)).Problem?.Code);
    }

    [Fact]
    public async Task Nobody_claims_that_it_worked()
    {
        var verification = await Operation().VerifyAsync(Step("echo -e a"), Token);
        Assert.Equal((true, false, false), (verification.Passed, verification.IsProof, verification.Looked));
    }

    private static CommandForm Form(string program, string title, OperationEffect effect, string? path, params FormWord[] words) =>
        new(program, words, title, effect, path is null ? new Dictionary<string, string> { [Platforms.Windows] = @"C:\x.exe" } : new Dictionary<string, string> { [Platforms.Linux] = path });

    private static RunCommand Operation(string? sudo = null)
    {
        var host = new BotHost(new ProcessRunner(TimeProvider.System), BotHostOptions.Usual);
        return new(new HostCatalog(host, [], new(DeviceIsBotHost: false)), Policy, new SecretMask([]), new(TimeSpan.FromSeconds(30), sudo));
    }

    private static StepExecution Step(string line) =>
        new(new StepArguments([new("line", line), new("target", "bot-host"), new("person", "alice")]), null, default, (_, _) => Task.CompletedTask);
}
