using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Executors.Ssh;

/// <summary>A machine that is reached by the OpenSSH client, and believed by its pinned key alone.</summary>
internal sealed class SshHost(SshHostOptions host, SshOptions options, PinnedKeys pins, ProcessRunner processes) : Host
{
    // What the client ends with when it could not connect, or lost the connection; a script may end so too, which nobody can tell apart.
    private const int ClientFailed = 255;
    private const string GotIn = "Authenticated to ";

    private static readonly string[] s_chatter = [GotIn, "Transferred: ", "Bytes per second: "];

    public override string Name => host.Name;

    public override PlanTarget Target { get; } = new("host", $"ssh/{host.Name}", host.Name, $"SSH host {host.Name}", host.Owner);

    public override string Platform => host.Platform;

    public override string Way => $"{host.User}@{host.Address}:{host.Port} {host.HostKey ?? host.KnownHosts}";

    public override string? Sudo => host.Sudo;

    public override string? Refusal(ScriptShell shell) => (shell, host.Shell) switch
    {
        (ScriptShell.Bash, SshShell.Bash) or (ScriptShell.PowerShell, not SshShell.Bash) => null,
        (ScriptShell.Bash, _) => $"{host.Name} runs PowerShell, and the script is for bash.",
        _ => $"{host.Name} runs bash, and the script is for PowerShell.",
    };

    public override async Task<HostRun> RunAsync(HostJob job, CancellationToken cancellationToken)
    {
        var (words, input) = await TextAsync(job, cancellationToken);

        // The other side ends what takes too long; only when that is lost does this one.
        var request = new ProcessRequest(options.Program, SshCommandLine.Of(host, pins.FileOf(host), options.ConnectTimeOut, words), "/", job.TimeOut + options.ConnectTimeOut)
        {
            StandardInput = input,
            Progress = job.Progress,
            Mask = job.Mask,
        };
        var result = await processes.RunAsync(request, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        var gotIn = result.Errors.Any(line => line.StartsWith(GotIn, StringComparison.Ordinal));
        var said = result with { Errors = [.. result.Errors.Where(line => !s_chatter.Any(c => line.StartsWith(c, StringComparison.Ordinal)))] };
        if (result.End == ProcessEnd.NotStarted || (!gotIn && result is not { End: ProcessEnd.Exited, ExitCode: 0 }))
            return new(said, $"{host.Name} could not be reached: {(said.Errors is [.., var last] ? last : "no answer in time")}");
        return new(said, null) { EndUnseen = result.End != ProcessEnd.Exited || result.ExitCode == ClientFailed };
    }

    private async Task<(IReadOnlyList<string> Words, string Input)> TextAsync(HostJob job, CancellationToken cancellationToken)
    {
        var script = job is ScriptJob { File: var file } ? await File.ReadAllTextAsync(file, cancellationToken) : "";
        return (job, host) switch
        {
            (ScriptJob forced, { ForceCommand: true }) => (ForcedText.RemoteWords, ForcedText.Of(forced, script)),
            (CommandJob forced, { ForceCommand: true }) => (ForcedText.RemoteWords, ForcedText.Of(forced)),
            (ScriptJob shell, { Shell: SshShell.Bash }) => (ShellText.RemoteWords(host.Platform, job.TimeOut), ShellText.Of(shell, script)),
            (CommandJob shell, { Shell: SshShell.Bash }) => (ShellText.RemoteWords(host.Platform, job.TimeOut), ShellText.Of(shell)),
            (ScriptJob shell, _) => (PowerShellText.RemoteWords(host.Shell), PowerShellText.Of(shell, script)),
            (CommandJob shell, _) => (PowerShellText.RemoteWords(host.Shell), PowerShellText.Of(shell)),
            _ => throw new ArgumentOutOfRangeException(nameof(job), job, "Neither a script nor a command."),
        };
    }
}
