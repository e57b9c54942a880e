namespace ItOps.Bot;

/// <summary>A part that can say how it is: for the readiness probe without asking anybody, and for <c>doctor</c> by trying it out.</summary>
public interface ISelfCheck
{
    /// <summary>One word, such as "slack".</summary>
    string Name { get; }

    /// <summary>What keeps it from working now, as far as is known without asking; none when nothing does.</summary>
    string? Problem { get; }

    /// <summary>What it does less well now, as far as is known without asking, while everything goes on without it; none when nothing.</summary>
    string? Degraded => null;

    /// <summary>Tries each setting and each connection. Never throws for what it finds.</summary>
    Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken);
}

/// <summary>One thing that was looked at: what is wrong with it and how to mend it, or how it is.</summary>
public sealed record CheckResult(string What, string? Problem, string Well = "");
