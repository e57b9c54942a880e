namespace ItOps.Bot.Executors.Entra.Graph;

/// <summary>
/// How far Graph's clock is from ours, by the Date of its last answer, and what a moment of its means here. Both Date and Graph's properties leave fractions of
/// a second away, so a moment is known to lie between two.
/// </summary>
internal sealed class GraphClock(TimeProvider time)
{
    private static readonly TimeSpan Fraction = TimeSpan.FromSeconds(1);

    private long _ahead;

    /// <summary>What must be added to a time of Graph to get ours.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Heard(DateTimeOffset? date)
    {
        if (date is { } there)
            Interlocked.Exchange(ref _ahead, (time.GetUtcNow() - there).Ticks);
    }

    /// <summary>It was not before this: the fractions of the moment and of Date, and the way of the answer.</summary>
    public DateTimeOffset Earliest(DateTimeOffset there) => there + Ahead - Fraction - Fraction;

    /// <summary>It was not after this.</summary>
    public DateTimeOffset Latest(DateTimeOffset there) => there + Ahead + Fraction;
}
