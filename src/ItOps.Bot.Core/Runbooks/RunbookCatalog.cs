namespace ItOps.Bot.Runbooks;

/// <summary>
/// The runbooks as they are now. What is in force is exchanged at once and as a whole; what began with an earlier version finds that one here.
/// </summary>
public sealed class RunbookCatalog(RunbookShelf shelf)
{
    private volatile RunbookShelf _shelf = shelf;

    public RunbookCatalog(IEnumerable<Runbook> runbooks, IReadOnlyList<SourceProblem> problems)
        : this(new RunbookShelf(runbooks.Select(RunbookEdition.Of), [], problems))
    {
    }

    /// <summary>Tells, on the exchanging thread, that other runbooks are in force.</summary>
    public Feed<RunbookShelf> Exchanged { get; } = new();

    /// <summary>Everything at one moment, for whoever looks more than once.</summary>
    public RunbookShelf Shelf => _shelf;

    /// <summary>What is in force: that and nothing else is found.</summary>
    public IReadOnlyCollection<Runbook> All => _shelf.All;

    public IReadOnlyList<SourceProblem> Problems => _shelf.Problems;

    public Runbook? Find(string? id) => id is null ? null : _shelf.Edition(id)?.Source?.Runbook;

    /// <summary>The runbook as it was in a version, which what began with it keeps; 0, or one that is not known any more, is the one in force.</summary>
    public Runbook? Find(string? id, int version) => id is null ? null : _shelf.Edition(id, version)?.Source?.Runbook;

    public void Exchange(RunbookShelf shelf)
    {
        _shelf = shelf;
        Exchanged.Publish(shelf);
    }
}

/// <summary>What is wrong in a file and how to mend it; prints as <c>file:line: message</c>. Lines start at 1.</summary>
public sealed record SourceProblem(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}
