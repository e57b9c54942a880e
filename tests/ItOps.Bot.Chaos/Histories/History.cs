namespace ItOps.Bot.Chaos.Histories;

/// <summary>One thing that happens to the approval.</summary>
internal abstract record Happening
{
    /// <summary>Somebody presses a button. <paramref name="Times"/> above 1: the platform delivers the same press again.</summary>
    public sealed record Press(string Person, bool Approves, int Times, int Place) : Happening;

    /// <summary>The approval's clock is looked at.</summary>
    public sealed record Tick : Happening;

    /// <summary>The sweeper passes.</summary>
    public sealed record Sweep : Happening;
}

/// <summary>A time that passes, and then everything of a burst at once.</summary>
internal sealed record Burst(TimeSpan After, IReadOnlyList<Happening> Happenings);

/// <summary>What a seed means: the same seed is always the same history. Only how the threads of a burst interleave is the machine's.</summary>
internal sealed record History(int Seed, IReadOnlyList<Burst> Bursts)
{
    private const int MostBursts = 5;
    private const int MostAtOnce = 8;

    /// <summary>The approvers omar and sam, the requester (whose account it is), a colleague, and one without any group.</summary>
    private static readonly string[] s_people = ["omar", "omar", "omar", "sam", "sam", "alice", "bob", "eve"];

    public IEnumerable<Happening.Press> Presses => Bursts.SelectMany(b => b.Happenings).OfType<Happening.Press>();

    public static History Of(int seed)
    {
        var random = new Random(seed);
        var place = 0;
        return new(seed, [.. Enumerable.Range(0, random.Next(1, MostBursts + 1)).Select(_ => NextBurst())]);

        Burst NextBurst() => new(
            // Mostly no time, sometimes past the reminder and the escalation, sometimes past the end.
            TimeSpan.FromMinutes(random.Next(10) switch { < 8 => 0, 8 => random.Next(1, 130), _ => random.Next(200, 300) }),
            [.. Enumerable.Range(0, random.Next(1, MostAtOnce + 1)).Select(_ => NextHappening())]);

        Happening NextHappening() => random.Next(10) switch
        {
            0 => new Happening.Tick(),
            1 => new Happening.Sweep(),
            _ => new Happening.Press(s_people[random.Next(s_people.Length)], random.Next(3) > 0, random.Next(4) == 0 ? 2 : 1, place++),
        };
    }
}
