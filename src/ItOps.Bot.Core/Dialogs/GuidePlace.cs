namespace ItOps.Bot.Dialogs;

/// <summary>Where a guided request stands: at step <paramref name="Step"/> of the runbook, in the version that it began with (0: in the current one).</summary>
public sealed record GuidePlace(string RequestId, string RunbookId, int Step)
{
    public int Version { get; init; }

    /// <summary>One of <see cref="Runbooks.Platforms"/>; none when nobody asked.</summary>
    public string? Platform { get; init; }

    /// <summary>Ids of what was found so far and was not fine.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>How many steps did not work since the last check.</summary>
    public int Failures { get; init; }
}
