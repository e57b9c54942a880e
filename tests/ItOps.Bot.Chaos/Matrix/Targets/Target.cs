using System.Diagnostics;
using ItOps.Bot.Accounts;

namespace ItOps.Bot.Chaos.Matrix.Targets;

/// <summary>A directory of accounts that outlives the process under test and counts what was done to it.</summary>
internal abstract class Target : IAsyncDisposable
{
    /// <summary>As <see cref="AccountId.System"/>.</summary>
    public abstract string System { get; }

    /// <summary>How access is asked for.</summary>
    public virtual string AccessWish => "I need write access to the finance share";

    /// <summary>Whether it can hold an answer back that it has ready.</summary>
    public virtual bool HoldsAnswers => false;

    /// <summary>What connects it; after <see cref="OpenAsync"/>.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>What the operator writes down as alice's account; none when people and accounts are the same sandbox's.</summary>
    public abstract string? Key { get; }

    /// <summary>An account, and a drive, that nobody has touched.</summary>
    public abstract Task OpenAsync(StoryPlay story);

    /// <summary>Takes the story's account away.</summary>
    public virtual Task CloseAsync() => Task.CompletedTask;

    /// <summary>The process dies when the target has made this many changes and the next, before the answer to that leaves.</summary>
    public virtual void KillAfter(int changes, Process process) => throw new NotSupportedException($"{System} answers when it likes.");

    /// <summary>The process is dead, and has not been started again.</summary>
    public virtual Task DiedAsync() => Task.CompletedTask;

    /// <summary>Everything that was done, by the target's own count.</summary>
    public abstract Task<IReadOnlyList<Effect>> EffectsAsync(Recovery recovery);

    /// <summary>What is wrong with the password that her link showed; none when it is in force and must be changed.</summary>
    public abstract Task<string?> FlawAsync(string password);

    public abstract ValueTask DisposeAsync();

    /// <summary>Waits for the right change, and kills.</summary>
    protected static Func<Task> Killer(int changes, Process process)
    {
        var made = 0;
        return async () =>
        {
            if (Interlocked.Increment(ref made) != changes + 1)
                return;
            process.Kill();
            await process.WaitForExitAsync();
        };
    }
}
