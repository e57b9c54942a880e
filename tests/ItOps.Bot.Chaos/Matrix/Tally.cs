namespace ItOps.Bot.Chaos.Matrix;

/// <param name="Unknown">Cases in which a person was asked what had happened.</param>
/// <param name="Again">Changes that were made a second time, to the same end: the journaled password set again, sessions ended again.</param>
internal sealed record Tally(int Cases, int Unknown, int Again, TimeSpan Slowest, IReadOnlyList<string> Problems)
{
    public static readonly Tally None = new(0, 0, 0, TimeSpan.Zero, []);

    public static Tally operator +(Tally a, Tally b) =>
        new(a.Cases + b.Cases, a.Unknown + b.Unknown, a.Again + b.Again, a.Slowest > b.Slowest ? a.Slowest : b.Slowest, [.. a.Problems, .. b.Problems]);
}
