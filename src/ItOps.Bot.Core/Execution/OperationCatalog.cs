namespace ItOps.Bot.Execution;

/// <summary>All operations that are registered, by id. Two with the same id are a bug and stop the start.</summary>
public sealed class OperationCatalog
{
    private readonly SortedDictionary<string, IOperation> _byId = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Two operations share an id.</exception>
    public OperationCatalog(IEnumerable<IOperation> operations)
    {
        foreach (var operation in operations)
        {
            if (!_byId.TryAdd(operation.Descriptor.Id, operation))
                throw new InvalidOperationException($"Two operations are called {operation.Descriptor.Id}.");
        }

        Descriptors = [.. _byId.Values.Select(o => o.Descriptor)];
    }

    /// <summary>What there is, ordered by id.</summary>
    public IReadOnlyList<OperationDescriptor> Descriptors { get; }

    public IOperation? Find(string id) => _byId.GetValueOrDefault(id);
}
