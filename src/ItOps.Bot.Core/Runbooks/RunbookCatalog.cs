namespace ItOps.Bot.Runbooks;

/// <summary>All runbooks that could be read, and what was wrong with the others.</summary>
public sealed class RunbookCatalog(IEnumerable<Runbook> runbooks, IReadOnlyList<SourceProblem> problems)
{
    private readonly Dictionary<string, Runbook> _byId = runbooks.ToDictionary(r => r.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<Runbook> All => _byId.Values;

    public IReadOnlyList<SourceProblem> Problems { get; } = problems;

    public Runbook? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    /// <summary>The runbook as it was in a version, which what began with it keeps; 0, or one that is not known any more, is the current one.</summary>
    public Runbook? Find(string? id, int version) => Find(id);
}

/// <summary>What is wrong in a file and how to mend it; prints as <c>file:line: message</c>. Lines start at 1.</summary>
public sealed record SourceProblem(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}
