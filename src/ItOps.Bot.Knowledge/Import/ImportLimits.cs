using ItOps.Bot.Knowledge.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>How much of what somebody brings along is looked at. Everything that is read is held in memory, so these bound it.</summary>
public sealed record ImportLimits
{
    public static readonly ImportLimits Default = new();

    /// <summary>Of a zip, as it is sent.</summary>
    public int ZipBytes { get; init; } = 8 * 1024 * 1024;

    public int Files { get; init; } = 2_000;

    /// <summary>Of one file, unpacked.</summary>
    public int FileBytes { get; init; } = RunbookFile.LargestBytes;

    /// <summary>Of all files together, unpacked.</summary>
    public int TotalBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How many times larger a packed file may become. Text becomes five times larger, and a bomb a thousand times.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Named at most; whoever has more mends these first.</summary>
    public int Problems { get; init; } = 200;
}
