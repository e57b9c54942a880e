using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>
/// Starts the system's own tools, as root where they need it. Names come after <c>--</c> where the tool knows it; a password goes through the tool's input and
/// nowhere else.
/// </summary>
internal sealed class LinuxTools(ProcessRunner processes, LocalAccountsOptions options)
{
    private const int LongestDetail = 300;

    // All groups of a machine, in lines as long as their lists of members.
    private static readonly OutputLimits s_limits = new(Head: 8_000_000, Tail: 0, Line: 2_000_000);

    /// <summary>What a tool printed; null when it ended with <paramref name="absent"/>, by which it says that there is no such thing.</summary>
    /// <exception cref="LinuxToolException">It could not be read.</exception>
    public async Task<IReadOnlyList<string>?> ReadAsync(bool asRoot, string tool, string[] arguments, CancellationToken cancellationToken, int? absent = null)
    {
        var result = await RunAsync(asRoot, tool, arguments, null, cancellationToken);
        return result switch
        {
            { End: ProcessEnd.Exited, ExitCode: 0 } => result.Output,
            { End: ProcessEnd.Exited, ExitCode: { } code, Errors.Count: 0 } when code == absent => null,
            { End: ProcessEnd.Exited or ProcessEnd.NotStarted } => throw Refused(tool, result, null),
            _ => throw new LinuxToolException(ProblemCode.SystemUnavailable, $"{tool} did not end within {options.TimeOut.TotalSeconds:0} s."),
        };
    }

    /// <summary>Has a tool change something.</summary>
    /// <exception cref="LinuxToolException">It changed nothing.</exception>
    /// <exception cref="TimeoutException">It was stopped in the middle.</exception>
    public async Task ChangeAsync(string tool, string[] arguments, CancellationToken cancellationToken, Secret<string>? password = null, string? input = null)
    {
        var result = await RunAsync(asRoot: true, tool, arguments, input, cancellationToken);
        switch (result)
        {
            case { End: ProcessEnd.Exited, ExitCode: 0 }:
                return;
            case { End: ProcessEnd.Exited or ProcessEnd.NotStarted }:
                throw Refused(tool, result, password);
            default:
                throw new TimeoutException($"{tool} was stopped after {options.TimeOut.TotalSeconds:0} s.");
        }
    }

    private async Task<ProcessResult> RunAsync(bool asRoot, string tool, string[] arguments, string? input, CancellationToken cancellationToken)
    {
        var (file, all) = asRoot && options.Sudo is { } sudo ? (sudo, ["-n", "--", tool, .. arguments]) : (tool, arguments);
        var result = await processes.RunAsync(
            new ProcessRequest(file, all, "/", options.TimeOut)
            {
                StandardInput = input,
                Limits = s_limits,

                // faillock prints local times.
                Environment = new Dictionary<string, string> { ["TZ"] = "UTC" },
            },
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    private static LinuxToolException Refused(string tool, ProcessResult result, Secret<string>? password)
    {
        var said = string.Join(' ', result.Errors);
        if (password is not null)
            said = said.Replace(password.Reveal(), "***", StringComparison.Ordinal);
        said = said.Length <= LongestDetail ? said : said[..LongestDetail] + "…";

        // Somebody else holds the password file, or the bot may not become root: that passes, or is mended.
        var passes = result.End == ProcessEnd.NotStarted || said.Contains("try again", StringComparison.Ordinal) || said.StartsWith("sudo:", StringComparison.Ordinal);
        return new(passes ? ProblemCode.SystemUnavailable : ProblemCode.PolicyRefused, $"{tool} refused ({(result.ExitCode is { } code ? $"exit code {code}" : "not started")}): {said}");
    }
}
