namespace ItOps.Bot.Runbooks.Library;

/// <summary>Reads the runbooks' versions. Writing is a commit.</summary>
public interface IRunbookStore
{
    /// <summary>Grows with every change of an entry, whichever process made it.</summary>
    Task<long> StampAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<RunbookEntry>> EntriesAsync(CancellationToken cancellationToken);

    Task<RunbookEntry?> EntryAsync(string runbookId, CancellationToken cancellationToken);

    /// <summary>Everything that is or was in force.</summary>
    /// <param name="known">Versions that the caller has already are left out.</param>
    Task<IReadOnlyList<KeptVersion>> KeptAsync(Func<(string Id, int Number), bool> known, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<RunbookVersion>> VersionsAsync(string runbookId, CancellationToken cancellationToken);

    Task<RunbookVersion?> VersionAsync(string runbookId, int number, CancellationToken cancellationToken);

    /// <summary>Drafts and proposals of all runbooks, the newest first.</summary>
    Task<IReadOnlyList<RunbookVersion>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Those who last wrote what is in force, by runbook.</summary>
    Task<IReadOnlyDictionary<string, LastChange>> LastChangesAsync(CancellationToken cancellationToken);
}

/// <summary>A version that is or was in force; what is written in it is taken apart when it is needed.</summary>
public sealed record KeptVersion(string RunbookId, int Number, string Hash, Func<RunbookContent> Content);

/// <summary>Who wrote the version that is in force, and when.</summary>
public sealed record LastChange(string AuthorName, DateTimeOffset At, VersionOrigin Origin);
