namespace ItOps.Bot.Runbooks;

/// <summary>One step of a runbook. Steps are taken in order.</summary>
public abstract record RunbookStep
{
    /// <summary>Only on these platforms (<see cref="Platforms"/>); empty means on every one.</summary>
    public IReadOnlyList<string> On { get; init; } = [];

    /// <summary>Whether the step is taken on this platform, after these findings.</summary>
    public bool Applies(string? platform, IReadOnlyList<string> findings) =>
        (On.Count == 0 || (platform is not null && On.Contains(platform))) && (WhenOf(this) is not { Count: > 0 } needed || needed.Intersect(findings).Any());

    /// <summary>Ids of the findings of which one must be there; empty means always.</summary>
    public static IReadOnlyList<string> WhenOf(RunbookStep step) => step switch
    {
        GuideStep guide => guide.When,
        PasteStep paste => paste.When,
        DiagnoseStep diagnose => diagnose.When,
        RunStep run => run.When,
        ScriptStep script => script.When,
        CommandsStep commands => commands.When,
        _ => [],
    };
}

/// <summary>An operation on a system. Each argument is a literal or names one parameter as <c>{name}</c>; never a mixture (I5).</summary>
public sealed record RunStep(string Operation, IReadOnlyDictionary<string, string> Arguments) : RunbookStep
{
    /// <summary>Left out of the plan where the target's system does not offer what the operation needs, instead of keeping the whole runbook from it.</summary>
    public bool IfOffered { get; init; }

    /// <summary>As in <see cref="GuideStep"/>.</summary>
    public IReadOnlyList<string> When { get; init; } = [];
}

/// <summary>
/// A script that changes something, run by an executor, its arguments passed as arguments. <paramref name="File"/> is its path inside the
/// runbook's own folder, with forward slashes: <c>scripts/repair.sh</c> of the runbook <c>network/vpn.md</c> is <c>network/vpn/scripts/repair.sh</c>.
/// </summary>
public sealed record ScriptStep(string File, string Title, IReadOnlyDictionary<string, string> Arguments) : RunbookStep
{
    public StepTarget Target { get; init; } = StepTarget.Device;

    /// <summary>As in <see cref="GuideStep"/>.</summary>
    public IReadOnlyList<string> When { get; init; } = [];
}

/// <summary>
/// Simple commands, one program a line, run without a shell; each argument is a literal or exactly one parameter. Which programs and arguments there may
/// be, the allow-list says.
/// </summary>
public sealed record CommandsStep(IReadOnlyList<string> Lines, string Title) : RunbookStep
{
    /// <summary>Each is a step of the plan, and a plan is something that a person reads.</summary>
    public const int MostLines = 10;

    public StepTarget Target { get; init; } = StepTarget.BotHost;

    /// <summary>As in <see cref="GuideStep"/>.</summary>
    public IReadOnlyList<string> When { get; init; } = [];
}

/// <summary>
/// Something the person does, one message each. <paramref name="When"/> holds ids of findings: the step is left out unless one of them was found;
/// empty means always.
/// </summary>
public sealed record GuideStep(string Text, string? Expect, IReadOnlyList<string> When) : RunbookStep;

/// <summary>
/// Something the person pastes: the output of <see cref="Command"/>, which they run themselves, or a text such as a bounce message. Only what
/// <see cref="Read"/> recognises is kept.
/// </summary>
public sealed record PasteStep(string Text) : RunbookStep
{
    /// <summary>One simple literal command, shown as code; none when a text is wanted that is there already.</summary>
    public string? Command { get; init; }

    /// <summary>As in <see cref="GuideStep"/>.</summary>
    public IReadOnlyList<string> When { get; init; } = [];

    public IReadOnlyList<PasteRule> Read { get; init; } = [];
}

/// <summary>
/// A script that only reads, run after the person agreed; its findings decide on the steps that follow. <paramref name="File"/> is a path as in
/// <see cref="ScriptStep"/>.
/// </summary>
public sealed record DiagnoseStep(string File, string Title) : RunbookStep
{
    public StepTarget Target { get; init; } = StepTarget.Device;

    /// <summary>Passed to the script as <c>--name value</c>; each a literal or exactly one parameter.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>As in <see cref="GuideStep"/>.</summary>
    public IReadOnlyList<string> When { get; init; } = [];
}

/// <summary>
/// The end of what a runbook can do: a human takes over, with everything tried so far. <see cref="Template"/> says what they want to know: a label and
/// the name of the parameter or fact behind it.
/// </summary>
public sealed record HandOffStep(string Reason) : RunbookStep
{
    public IReadOnlyList<TemplateLine> Template { get; init; } = [];
}

public sealed record TemplateLine(string Label, string Name);
