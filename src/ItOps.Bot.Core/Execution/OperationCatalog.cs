namespace ItOps.Bot.Execution;

/// <summary>All operations of the enabled executors, by id.</summary>
public sealed class OperationCatalog(IEnumerable<IOperation> operations)
{
    private readonly Dictionary<string, IOperation> _byId = operations.ToDictionary(o => o.Descriptor.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<OperationDescriptor> Descriptors => [.. _byId.Values.Select(o => o.Descriptor)];

    public IOperation? Find(string id) => _byId.GetValueOrDefault(id);
}
