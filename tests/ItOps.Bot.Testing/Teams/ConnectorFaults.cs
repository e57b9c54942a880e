using System.Collections.Concurrent;

namespace ItOps.Bot.Testing.Teams;

/// <summary>How the connector fails at what comes next; each fault is used up by one request.</summary>
public sealed class ConnectorFaults
{
    private readonly ConcurrentQueue<Fault> _next = new();

    /// <summary>Too many requests, as the platform says it, with or without how long to wait.</summary>
    public void Busy(TimeSpan? retryAfter = null) => _next.Enqueue(new(429) { RetryAfter = retryAfter, Code = "RateLimited" });

    /// <summary>It takes the message and then fails: nobody but the reader knows that it arrived.</summary>
    public void FailAfterTaking(int status = 502) => _next.Enqueue(new(status) { AfterTaking = true, Code = "BadGateway" });

    public void Refuse(int status, string code) => _next.Enqueue(new(status) { Code = code });

    /// <summary>The person blocked the bot.</summary>
    public void Blocked() => Refuse(403, "MessageWritesBlocked");

    /// <summary>It takes the message and never answers.</summary>
    public void Hang() => _next.Enqueue(new(0) { AfterTaking = true });

    /// <summary>It takes the message and breaks the connection off.</summary>
    public void BreakOff() => _next.Enqueue(new(0) { AfterTaking = true, BreaksOff = true });

    internal Fault? Take() => _next.TryDequeue(out var fault) ? fault : null;

    internal sealed record Fault(int Status)
    {
        public TimeSpan? RetryAfter { get; init; }

        public bool AfterTaking { get; init; }

        public bool BreaksOff { get; init; }

        public string Code { get; init; } = "";
    }
}
