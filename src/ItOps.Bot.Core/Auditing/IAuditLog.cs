namespace ItOps.Bot.Auditing;

/// <summary>Reads the audit chain. Writing happens only inside a commit (I8).</summary>
public interface IAuditLog
{
    /// <summary>All records from <paramref name="fromSequence"/> on, in order, streamed.</summary>
    IAsyncEnumerable<AuditRecord> ReadAsync(long fromSequence, CancellationToken cancellationToken);

    /// <summary>The newest records first, narrowed to those whose action, actor, subject or facts contain <paramref name="contains"/>.</summary>
    Task<IReadOnlyList<AuditRecord>> SearchAsync(string? contains, int take, CancellationToken cancellationToken);

    /// <summary>The records of one request, in order.</summary>
    Task<IReadOnlyList<AuditRecord>> ForRequestAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>The chain's length and newest hash as kept apart from the records, so that a cut-off tail shows.</summary>
    Task<AuditHead> HeadAsync(CancellationToken cancellationToken);
}

public sealed record AuditHead(long Count, string Hash)
{
    /// <summary>The previous hash of the first record.</summary>
    public static readonly AuditHead Empty = new(0, new string('0', 64));
}
