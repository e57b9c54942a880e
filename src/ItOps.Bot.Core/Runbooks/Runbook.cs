namespace ItOps.Bot.Runbooks;

/// <summary>
/// One way to help, as a file: how people ask for it, what must be known, and what is done. <paramref name="Version"/> is raised with every change
/// of meaning and is part of a plan's digest.
/// </summary>
public sealed record Runbook(string Id, int Version, string Title)
{
    public required string Category { get; init; }

    /// <summary>One line for lists and near ties, such as "Unlock an account after too many wrong passwords".</summary>
    public required string Summary { get; init; }

    /// <summary>How people ask for it, in any language; what retrieval learns from.</summary>
    public IReadOnlyList<string> Utterances { get; init; } = [];

    /// <summary>Words that mean the same here, each list one meaning: ["vpn", "anyconnect", "tunnel"].</summary>
    public IReadOnlyList<IReadOnlyList<string>> Synonyms { get; init; } = [];

    /// <summary>How people ask for something else that sounds similar.</summary>
    public IReadOnlyList<string> NotFor { get; init; } = [];

    public IReadOnlyList<RunbookParameter> Parameters { get; init; } = [];

    public IReadOnlyList<RunbookStep> Steps { get; init; } = [];

    /// <summary>Who may ask for it on behalf of somebody else.</summary>
    public OnBehalf OnBehalf { get; init; } = OnBehalf.Nobody;

    /// <summary>What the person hears when it worked: "You're unlocked. Try again now."</summary>
    public string Done { get; init; } = "";

    /// <summary><see cref="Done"/> in other languages, by two-letter code.</summary>
    public IReadOnlyDictionary<string, string> DoneIn { get; init; } = new Dictionary<string, string>();

    /// <summary>Offered when there is nothing to do ("yours is not locked"): ids of other runbooks.</summary>
    public IReadOnlyList<string> Otherwise { get; init; } = [];

    /// <summary>Commands may be proposed for it by something that is no author, within the allow-list; see <see cref="Commands.CommandProposal"/>.</summary>
    public bool GeneratedCommands { get; init; }

    /// <summary>What its facts hold for: "Windows 11 24H2".</summary>
    public IReadOnlyList<string> HoldsFor { get; init; } = [];

    /// <summary>The usual causes in plain words, most likely first; the steps solve them in this order.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>Where its facts come from, as titles.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The Markdown below the front matter: background for people.</summary>
    public string Body { get; init; } = "";

    /// <summary>Path of the file, relative to the runbook folder, with forward slashes.</summary>
    public required string Source { get; init; }

    /// <summary>Found by what people write. Without utterances it is only followed from another one.</summary>
    public bool IsFound => Utterances.Count > 0;

    public RunbookParameter? Parameter(string name) => Parameters.FirstOrDefault(p => p.Name == name);
}

/// <summary>Who may ask on behalf of another. <paramref name="Attest"/>: the other person or their manager confirms first.</summary>
public sealed record OnBehalf(bool Anyone, IReadOnlyList<string> Groups, bool Attest)
{
    public static readonly OnBehalf Nobody = new(false, [], false);

    /// <summary>The runbook that is followed when it is for somebody else, with rules of its own; none when this one is.</summary>
    public string? Use { get; init; }
}

/// <summary>Something that must be known. <paramref name="Ask"/> is the question, in plain words.</summary>
public sealed record RunbookParameter(string Name, ParameterKind Kind, string Ask)
{
    /// <summary>The slot of an utterance that it is filled from ("user", "drive", "project"); none when it never is.</summary>
    public string? Slot { get; init; }

    public bool Required { get; init; } = true;

    /// <summary>For <see cref="ParameterKind.Choice"/>: value and label.</summary>
    public IReadOnlyList<ParameterOption> Options { get; init; } = [];

    /// <summary>For <see cref="ParameterKind.Group"/>: which type of resource ("shared-drive", "jira-project").</summary>
    public string? Resource { get; init; }

    /// <summary>For <see cref="ParameterKind.Account"/>: the parameter whose object's system the account must be in.</summary>
    public string? SameSystemAs { get; init; }
}

public sealed record ParameterOption(string Value, string Label, IReadOnlyList<string> Words);

/// <summary>
/// <see cref="Person"/>: whom it is for, the requester unless said otherwise. <see cref="Account"/>: one of that person's accounts.
/// <see cref="Group"/>: a group that gives access to a resource. <see cref="Platform"/>: one of <see cref="Platforms"/>. The others are values in the person's own words.
/// </summary>
public enum ParameterKind { Person, Account, Group, Choice, Platform, Device, Duration, Text }
