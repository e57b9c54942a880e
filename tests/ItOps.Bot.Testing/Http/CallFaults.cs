using System.Collections.Concurrent;

namespace ItOps.Bot.Testing.Http;

/// <summary>How a system fails at the calls that come next; each fault is used up by one call.</summary>
public sealed class CallFaults
{
    private readonly ConcurrentQueue<CallFault> _next = new();

    /// <summary>Too many requests, with or without how long to wait.</summary>
    public void Busy(TimeSpan? retryAfter = null, int times = 1) => Put(new(429) { RetryAfter = retryAfter }, times);

    public void Away(TimeSpan? retryAfter = null, int times = 1) => Put(new(503) { RetryAfter = retryAfter }, times);

    /// <summary>An answer of this status, and nothing else happens.</summary>
    public void Refuse(int status, string code, string message, int times = 1) => Put(new(status) { Code = code, Message = message }, times);

    /// <summary>It does what it was asked for, and then answers with this status.</summary>
    public void FailAfterEffect(int status = 502, int times = 1) => Put(new(status) { AfterEffect = true }, times);

    /// <summary>It breaks the connection off without having done anything.</summary>
    public void BreakOffBeforeEffect(int times = 1) => Put(new(0), times);

    /// <summary>It does what it was asked for, and breaks the connection off.</summary>
    public void BreakOffAfterEffect(int times = 1) => Put(new(0) { AfterEffect = true }, times);

    /// <summary>Lets one call pass as if nothing were wrong.</summary>
    public void Pass(int times = 1) => Put(new(-1), times);

    internal CallFault? Take() => _next.TryDequeue(out var fault) && fault.Status >= 0 ? fault : null;

    private void Put(CallFault fault, int times)
    {
        for (var i = 0; i < times; i++)
            _next.Enqueue(fault);
    }
}

/// <param name="Status">0 breaks the connection off.</param>
internal sealed record CallFault(int Status)
{
    public TimeSpan? RetryAfter { get; init; }

    public bool AfterEffect { get; init; }

    public string Code { get; init; } = "ServiceNotAvailable";

    public string Message { get; init; } = "A fault that the test asked for.";
}
