namespace ItOps.Bot.Host.Drill;

/// <summary>
/// One thing that somebody tries. It holds when playing it throws no <see cref="BreachException"/> and the sandbox counts no other effects than
/// <paramref name="Effects"/> afterwards.
/// </summary>
/// <param name="Name">What is tried, in a few words.</param>
internal sealed record Pretext(string Name, Func<DrillStage, Task> Play)
{
    public int Effects { get; init; }
}

/// <summary>Something happened that must not. The message says what.</summary>
internal sealed class BreachException(string what) : Exception(what);
