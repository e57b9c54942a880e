using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Executors.Hosts;

/// <summary>A machine on which scripts and commands run.</summary>
internal abstract class Host
{
    /// <summary>As the operator named it.</summary>
    public abstract string Name { get; }

    /// <summary>As a plan and a card name it; its owner is whose computer it is.</summary>
    public abstract PlanTarget Target { get; }

    /// <summary>One of <see cref="Runbooks.Platforms"/>.</summary>
    public abstract string Platform { get; }

    /// <summary>How it is reached: where that changes, whoever agreed is asked again.</summary>
    public abstract string Way { get; }

    /// <summary>By which program commands that change something become root; none when they need not.</summary>
    public virtual string? Sudo => null;

    /// <summary>None when scripts of this shell can run there, else why not.</summary>
    public abstract string? Refusal(ScriptShell shell);

    public abstract Task<HostRun> RunAsync(HostJob job, CancellationToken cancellationToken);
}

internal enum ScriptShell { Bash, PowerShell }

/// <summary>Something to run: a script or a command.</summary>
internal abstract record HostJob(TimeSpan TimeOut)
{
    /// <summary>Told each line while it runs.</summary>
    public Func<string, CancellationToken, Task>? Progress { get; init; }

    /// <summary>Takes secrets out of a line before anybody sees it.</summary>
    public Func<string, string>? Mask { get; init; }
}

/// <summary>A script of a runbook. <paramref name="File"/> is where it lies on the bot's own host; arguments have names without dashes.</summary>
internal sealed record ScriptJob(string File, string Path, ScriptShell Shell, IReadOnlyList<KeyValuePair<string, string>> Arguments, TimeSpan TimeOut) : HostJob(TimeOut);

/// <summary>One program, by its whole path, with its arguments.</summary>
internal sealed record CommandJob(IReadOnlyList<string> Words, TimeSpan TimeOut) : HostJob(TimeOut);

/// <summary>How it went. <paramref name="NotBegun"/> says why when it is certain that nothing ran.</summary>
internal sealed record HostRun(ProcessResult Process, string? NotBegun)
{
    /// <summary>It began, and its end was not seen: it may be running still.</summary>
    public bool EndUnseen { get; init; }
}
