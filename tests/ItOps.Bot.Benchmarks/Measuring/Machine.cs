using System.Globalization;

namespace ItOps.Bot.Benchmarks.Measuring;

/// <summary>What the figures were taken on; a load before the start that is near the number of cores means that they are too bad.</summary>
internal sealed record Machine(int Cores, string LoadBefore)
{
    public static Machine Now() => new(Environment.ProcessorCount, File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cores} cores, load before the start {LoadBefore}");
}
