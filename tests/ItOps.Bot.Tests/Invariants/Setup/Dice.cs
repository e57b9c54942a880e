namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>A small generator of numbers that look random (xorshift64*), the same for the same seed: a failing story can be played again.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = (seed * 0x9E3779B97F4A7C15UL) | 1UL;

    /// <summary>From 0 to <paramref name="sides"/> - 1.</summary>
    public int Roll(int sides)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)((_state * 0x2545F4914F6CDD1DUL >> 33) % (ulong)sides);
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[Roll(from.Count)];

    public bool OneIn(int sides) => Roll(sides) == 0;
}
