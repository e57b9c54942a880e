namespace ItOps.Bot.Knowledge.Testing;

/// <summary>What a runbook's <c>tests.yaml</c> asks for. Lines start at 1.</summary>
public sealed record RunbookTests(string Path)
{
    /// <summary>The runbook that they are about.</summary>
    public string Id => Path.Split('/')[^2];

    /// <summary>Must be answered with this runbook.</summary>
    public IReadOnlyList<TestText> Finds { get; init; } = [];

    /// <summary>Must not be answered with it.</summary>
    public IReadOnlyList<TestText> Ignores { get; init; } = [];

    public IReadOnlyList<SlotCase> Slots { get; init; } = [];

    public IReadOnlyList<PlanCase> Plans { get; init; } = [];

    public int Cases => Finds.Count + Ignores.Count + Slots.Count + Plans.Count;
}

public sealed record TestText(string Text, int Line);

/// <summary>What must be read from a text, by slot or by the parameter that is filled from it.</summary>
public sealed record SlotCase(string Text, IReadOnlyDictionary<string, string> Is, int Line);

/// <summary>
/// Somebody says something and answers what is asked; <paramref name="Steps"/> are the operations of the plan in order, and none when a guide begins.
/// </summary>
public sealed record PlanCase(string As, string Says, IReadOnlyDictionary<string, string> Answers, IReadOnlyList<string> Steps, int Line);
