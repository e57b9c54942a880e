using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Hosts;

/// <summary>The machine that the bot runs on; scripts and commands run as the bot's user.</summary>
internal sealed class BotHost(ProcessRunner processes, BotHostOptions options) : Host
{
    public override string Name => "bot-host";

    // One id for every replica: which of them looks and which one acts is not a difference that anybody agreed to.
    public override PlanTarget Target { get; } = new("host", "bot-host", $"the bot's host ({Environment.MachineName})", Environment.MachineName, Owner: null);

    public override string Platform => OperatingSystem.IsWindows() ? Platforms.Windows : OperatingSystem.IsMacOS() ? Platforms.MacOS : Platforms.Linux;

    public override string Way => "local";

    public override string? Refusal(ScriptShell shell) => File.Exists(Program(shell)) ? null : $"{Program(shell)} is not there, so scripts of this kind cannot run on {Target.Display}.";

    public override async Task<HostRun> RunAsync(HostJob job, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(Request(job) with { Progress = job.Progress, Mask = job.Mask }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new(result, result.End == ProcessEnd.NotStarted ? $"It could not be started: {string.Join(' ', result.Errors)}" : null) { EndUnseen = result.End != ProcessEnd.Exited };
    }

    private ProcessRequest Request(HostJob job) => job switch
    {
        ScriptJob script => new(Program(script.Shell), [.. ShellWords(script)], Path.GetDirectoryName(script.File)!, job.TimeOut),
        CommandJob command => new(command.Words[0], [.. command.Words.Skip(1)], Path.GetPathRoot(command.Words[0])!, job.TimeOut),
        _ => throw new ArgumentOutOfRangeException(nameof(job), job, "Neither a script nor a command."),
    };

    private static IEnumerable<string> ShellWords(ScriptJob script) => script.Shell == ScriptShell.Bash
        ? ["--noprofile", "--norc", "--", script.File, .. script.Arguments.SelectMany(a => new[] { $"--{a.Key}", a.Value })]
        : ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", script.File, .. script.Arguments.SelectMany(a => new[] { $"-{a.Key}", a.Value })];

    private string Program(ScriptShell shell) => shell == ScriptShell.Bash ? options.Bash : options.PowerShell;
}
