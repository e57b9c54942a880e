using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ItOps.Bot.Accounts;

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>The sandbox's documents, typed: reading, and changing by compare-and-set.</summary>
internal sealed class SandboxDocuments(ISandboxState state)
{
    // Each lost race means that somebody else won one, so that this many only happen when something is broken.
    private const int Attempts = 32;

    public static SandboxDocumentKind<SandboxAccount> Account { get; } = new("account", SandboxJson.Default.SandboxAccount);

    public static SandboxDocumentKind<SandboxGroup> Group { get; } = new("group", SandboxJson.Default.SandboxGroup);

    public static SandboxDocumentKind<SandboxSystemState> System { get; } = new("system", SandboxJson.Default.SandboxSystemState);

    public async Task<T?> FindAsync<T>(SandboxDocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class =>
        await state.FindAsync(kind.Name, id, cancellationToken) is { } document ? kind.Read(document) : null;

    public async Task<IReadOnlyList<T>> AllAsync<T>(SandboxDocumentKind<T> kind, CancellationToken cancellationToken)
        where T : class =>
        [.. (await state.AllAsync(kind.Name, cancellationToken)).Select(kind.Read)];

    /// <summary>Stores a document unless one with its id exists.</summary>
    public Task<bool> CreateAsync<T>(SandboxDocumentKind<T> kind, string id, T value, CancellationToken cancellationToken)
        where T : class =>
        state.WriteAsync([kind.Write(id, 1, value)], [], cancellationToken);

    /// <summary>
    /// Applies <paramref name="change"/> to the document as it is now, again whenever another writer came first. A change of null means that there is
    /// nothing to do, and stores nothing.
    /// </summary>
    /// <returns>False when there is no such document; otherwise done, or the problem of a writer that never got through.</returns>
    public async Task<Result<bool>> ChangeAsync<T>(
        SandboxDocumentKind<T> kind, string id, Func<T, SandboxChange<T>?> change, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await state.FindAsync(kind.Name, id, cancellationToken) is not { } document)
                return false;
            if (change(kind.Read(document)) is not { } next)
                return true;
            if (await state.WriteAsync([kind.Write(id, document.Version + 1, next.Value)], next.Effects, cancellationToken))
                return true;
        }

        return new Problem(ProblemCode.SystemUnavailable, $"{kind.Name} {id} was changed by others {Attempts} times while it was to be changed.");
    }
}

/// <summary>The next value of a document and what that did, for the ledger.</summary>
internal sealed record SandboxChange<T>(T Value, IReadOnlyList<SandboxEffect> Effects);

/// <summary>A kind of document and how it is written.</summary>
internal sealed record SandboxDocumentKind<T>(string Name, JsonTypeInfo<T> Json)
    where T : class
{
    public T Read(SandboxDocument document) =>
        JsonSerializer.Deserialize(document.Json, Json) ?? throw new JsonException($"The {Name} document {document.Id} is null.");

    public SandboxDocument Write(string id, int version, T value) => new(Name, id, version, JsonSerializer.Serialize(value, Json));
}
