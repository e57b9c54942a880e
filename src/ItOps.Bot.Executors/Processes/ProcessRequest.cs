namespace ItOps.Bot.Executors.Processes;

/// <summary>A program to start: an absolute path and its arguments, one by one; no shell reads them.</summary>
internal sealed record ProcessRequest(string File, IReadOnlyList<string> Arguments, string WorkingDirectory, TimeSpan TimeOut)
{
    /// <summary>Written to the program's input, which is then closed; closed at once when none.</summary>
    public string? StandardInput { get; init; }

    /// <summary>Added to the fixed environment, of which only HOME can be another; a secret does not belong here (other processes of the same user can read it).</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How much of each stream is kept.</summary>
    public OutputLimits Limits { get; init; } = new();

    /// <summary>Takes secrets out of each line before it is kept or told.</summary>
    public Func<string, string>? Mask { get; init; }

    /// <summary>Told each line of output while the program runs, as long as lines are kept from the beginning.</summary>
    public Func<string, CancellationToken, Task>? Progress { get; init; }
}

/// <summary>In characters: the beginning and the end of a stream that are kept, and where a line is cut.</summary>
internal sealed record OutputLimits(int Head = 16_000, int Tail = 16_000, int Line = 2_000);

/// <summary>How a program ended. <paramref name="ExitCode"/> is there when it <see cref="ProcessEnd.Exited"/>.</summary>
internal sealed record ProcessResult(ProcessEnd End, int? ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors);

internal enum ProcessEnd { Exited, TimedOut, Cancelled, NotStarted }
