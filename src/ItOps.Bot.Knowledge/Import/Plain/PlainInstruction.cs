namespace ItOps.Bot.Knowledge.Import.Plain;

/// <summary>One row of instructions as people keep them in a table. <paramref name="Line"/> is where it begins.</summary>
internal sealed record PlainInstruction(int Line)
{
    public string Title { get; init; } = "";

    public string Category { get; init; } = "";

    public IReadOnlyList<string> Symptoms { get; init; } = [];

    public IReadOnlyList<string> Steps { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];
}
