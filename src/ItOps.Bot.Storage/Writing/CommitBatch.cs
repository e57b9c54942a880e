namespace ItOps.Bot.Storage.Writing;

/// <summary>The commits of one transaction, taken one by one while it is written.</summary>
internal sealed class CommitBatch(WaitingCommits waiting, bool isWork)
{
    private readonly List<PendingCommit> _taken = [];

    public PendingCommit? Next() => Take(mayYield: true);

    /// <summary>Tells every caller that nothing was stored. What would have been in the same transaction waited for the same database, and need not try it again.</summary>
    public int Fail(Exception failure)
    {
        while (Take(mayYield: false) is not null)
            continue;
        foreach (var commit in _taken)
            commit.Fail(failure);
        return _taken.Count;
    }

    private PendingCommit? Take(bool mayYield)
    {
        var next = waiting.Take(isWork, _taken.Count, mayYield);
        if (next is not null)
            _taken.Add(next);
        return next;
    }
}
