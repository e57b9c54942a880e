namespace ItOps.Bot.Commits;

/// <summary>The one way to change stored state: all of a commit, or nothing.</summary>
public interface ICommitStore
{
    /// <summary>
    /// Applies the commit in one durable transaction. Returns <see cref="CommitOutcome.Conflict"/>, with nothing stored, when an expectation
    /// (a version, a fence, a first time) does not hold.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The disk is full, the database is locked or cannot be reached; nothing was stored.</exception>
    /// <exception cref="InvalidOperationException">The commit lacks its audit entry: a bug.</exception>
    Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken);
}

public enum CommitOutcome { Committed, Conflict }

/// <summary>The store cannot take writes now. The message names the cause and how to mend it.</summary>
public sealed class StoreUnavailableException(string message, Exception inner) : OperatorException(message, inner);
