namespace ItOps.Bot.Accounts;

/// <summary>
/// Where the sandbox directory keeps its accounts and groups: JSON documents with versions in the bot's own database, and a ledger of every effect,
/// so that tests and people can count what really happened.
/// </summary>
public interface ISandboxState
{
    Task<SandboxDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<SandboxDocument>> AllAsync(string kind, CancellationToken cancellationToken);

    /// <summary>Stores documents and effects in one transaction; <c>false</c>, with nothing stored, when a document's stored version is not one less.</summary>
    Task<bool> WriteAsync(IReadOnlyList<SandboxDocument> documents, IReadOnlyList<SandboxEffect> effects, CancellationToken cancellationToken);

    Task<IReadOnlyList<SandboxEffect>> EffectsAsync(CancellationToken cancellationToken);
}

/// <summary>Kinds: "account", "group", and "system" (whether a system refuses at the moment). The first version of a document is 1.</summary>
public sealed record SandboxDocument(string Kind, string Id, int Version, string Json);

/// <summary>Something that changed an account or a group: <paramref name="Operation"/> such as "unlock" on <paramref name="ObjectId"/>.</summary>
public sealed record SandboxEffect(string ObjectId, string Operation, DateTimeOffset At);
