using ItOps.Bot.Accounts;

namespace ItOps.Bot.Testing.Accounts;

/// <summary>The sandbox's documents in memory, with the same compare-and-set as the database's.</summary>
public sealed class InMemorySandboxState : ISandboxState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, string Id), SandboxDocument> _documents = [];
    private readonly List<SandboxEffect> _effects = [];

    /// <summary>Runs before each write takes place; a test uses it to let somebody else come first.</summary>
    public Func<Task>? BeforeWrite { get; set; }

    public IReadOnlyList<SandboxEffect> Effects
    {
        get
        {
            lock (_lock)
                return [.. _effects];
        }
    }

    public Task<SandboxDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_documents.GetValueOrDefault((kind, id)));
    }

    public Task<IReadOnlyList<SandboxDocument>> AllAsync(string kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult<IReadOnlyList<SandboxDocument>>([.. _documents.Values.Where(d => d.Kind == kind)]);
    }

    public async Task<bool> WriteAsync(IReadOnlyList<SandboxDocument> documents, IReadOnlyList<SandboxEffect> effects, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (BeforeWrite is { } before)
            await before();
        lock (_lock)
        {
            if (documents.Any(d => (_documents.GetValueOrDefault((d.Kind, d.Id))?.Version ?? 0) != d.Version - 1))
                return false;
            foreach (var document in documents)
                _documents[(document.Kind, document.Id)] = document;
            _effects.AddRange(effects);
            return true;
        }
    }

    public Task<IReadOnlyList<SandboxEffect>> EffectsAsync(CancellationToken cancellationToken) => Task.FromResult(Effects);

    /// <summary>Stores a document over whatever is there.</summary>
    public void Put(string kind, string id, string json)
    {
        lock (_lock)
            _documents[(kind, id)] = new SandboxDocument(kind, id, (_documents.GetValueOrDefault((kind, id))?.Version ?? 0) + 1, json);
    }
}
