using System.Text.RegularExpressions;
using ItOps.Bot.Commands;
using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Executors.Scripts;

/// <summary>Runs a runbook's script on the host of its step, with the step's arguments.</summary>
internal sealed partial class ScriptRunner(HostCatalog hosts, SecretMask mask, ScriptOptions options)
{
    private const string Prefix = "with.";

    /// <summary>The host, when it can run the script with these arguments; else why not.</summary>
    public Result<Host> HostFor(RunbookScript script, StepArguments arguments)
    {
        foreach (var (name, value) in ArgumentsOf(arguments))
        {
            if (!Name().IsMatch(name))
                return new Problem(ProblemCode.InvalidArguments, $"'{name}' is no name of an argument of a script.");
            if (!SimpleCommand.IsPlainValue(value) || value.Any(char.IsControl))
                return new Problem(ProblemCode.InvalidArguments, $"The value of '{name}' is empty, begins with a dash, or holds a control character.");
        }

        var host = hosts.Find(arguments);
        return host.Failed || host.Value.Refusal(script.Shell) is not { } refusal ? host : new Problem(ProblemCode.NotOffered, refusal);
    }

    public Task<HostRun> RunAsync(Host host, RunbookScript script, StepArguments arguments, Func<string, CancellationToken, Task>? progress, CancellationToken cancellationToken) =>
        host.RunAsync(
            new ScriptJob(script.File, script.Path, script.Shell, [.. ArgumentsOf(arguments)], options.TimeOut)
            {
                Mask = mask.Of,
                Progress = progress is null ? null : (line, token) => ScriptOutput.Told(line) is { } text ? progress(text, token) : Task.CompletedTask,
            },
            cancellationToken);

    /// <summary>Why a run that ended is no success; none when it is one.</summary>
    public Problem? FailureOf(HostRun run) => run switch
    {
        { NotBegun: { } why } => new(ProblemCode.SystemUnavailable, why),
        { Process: { End: ProcessEnd.Exited, ExitCode: 0 } } => null,
        { Process.End: ProcessEnd.TimedOut } => new(ProblemCode.ProgramFailed, $"The script did not end within {options.TimeOut.TotalSeconds:0} s and was stopped."),
        { EndUnseen: true } => new(ProblemCode.ProgramFailed, "The connection was lost while the script ran."),
        { Process: { Errors: [.., var last], ExitCode: var code } } => new(ProblemCode.ProgramFailed, $"The script ended with exit code {code}: {last}"),
        { Process.ExitCode: var code } => new(ProblemCode.ProgramFailed, $"The script ended with exit code {code} and said nothing."),
    };

    private static IEnumerable<KeyValuePair<string, string>> ArgumentsOf(StepArguments arguments) =>
        arguments.Where(a => a.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(a => KeyValuePair.Create(a.Key[Prefix.Length..], a.Value));

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex Name();
}
