using System.Collections.Concurrent;

namespace ItOps.Bot.Execution;

/// <summary>
/// What steps say while they run in this process, for whoever watches; it publishes the request's id. Only in memory: what came out is journaled when a step ends.
/// </summary>
public sealed class RunProgress : Feed<string>
{
    /// <summary>Of a step that talks on and on, the newest lines.</summary>
    public const int LineLimit = 50;

    private readonly ConcurrentDictionary<(string RequestId, int Step), ConcurrentQueue<string>> _lines = new();

    public void Report(string requestId, int step, string line)
    {
        var lines = _lines.GetOrAdd((requestId, step), _ => new());
        lines.Enqueue(line);
        while (lines.Count > LineLimit)
            lines.TryDequeue(out _);
        Publish(requestId);
    }

    /// <summary>What a running step said so far, oldest first; nothing once it ended.</summary>
    public IReadOnlyList<string> Of(string requestId, int step) => _lines.TryGetValue((requestId, step), out var lines) ? [.. lines] : [];

    public void End(string requestId, int step) => _lines.TryRemove((requestId, step), out _);
}
