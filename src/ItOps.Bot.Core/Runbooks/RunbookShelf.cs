using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Runbooks;

/// <summary>
/// One version of a runbook as it stands on the shelf, read when it is first asked for. <see cref="Content"/> is none for one that was only read from a folder, where its scripts
/// still lie.
/// </summary>
public sealed class RunbookEdition(string id, int number, Func<RunbookContent?> content, Func<RunbookSource?> read)
{
    private readonly Lazy<RunbookContent?> _content = new(content);
    private readonly Lazy<RunbookSource?> _source = new(read);

    public string Id => id;

    public int Number => number;

    public RunbookContent? Content => _content.Value;

    /// <summary>None when it cannot be read, by this program's rules.</summary>
    public RunbookSource? Source => _source.Value;

    public static RunbookEdition Of(Runbook runbook) => new(runbook.Id, runbook.Version, () => null, () => new(runbook, new Dictionary<string, int>(), new HashSet<string>()));

    public static RunbookEdition Of(RunbookSource source, RunbookContent? content) => new(source.Runbook.Id, source.Runbook.Version, () => content, () => source);
}

/// <summary>All runbooks at one moment: those in force, the versions that something may have begun with, and what is wrong.</summary>
public sealed class RunbookShelf
{
    private readonly Dictionary<string, RunbookEdition> _inForce;
    private readonly Dictionary<(string Id, int Number), RunbookEdition> _kept;

    /// <param name="inForce">One edition for each id.</param>
    /// <param name="kept">Further versions; what is in force need not be repeated.</param>
    public RunbookShelf(IEnumerable<RunbookEdition> inForce, IEnumerable<RunbookEdition> kept, IReadOnlyList<SourceProblem> problems)
    {
        _inForce = inForce.Where(e => e.Source is not null).ToDictionary(e => e.Id, StringComparer.Ordinal);
        _kept = kept.Concat(_inForce.Values).DistinctBy(e => (e.Id, e.Number)).ToDictionary(e => (e.Id, e.Number));
        All = [.. _inForce.Values.Select(e => e.Source!.Runbook)];
        Problems = problems;
    }

    public IReadOnlyCollection<Runbook> All { get; }

    public IReadOnlyCollection<RunbookSource> Sources => [.. _inForce.Values.Select(e => e.Source!)];

    public IReadOnlyList<SourceProblem> Problems { get; }

    public RunbookEdition? Edition(string id) => _inForce.GetValueOrDefault(id);

    public RunbookEdition? Edition(string id, int version) => _kept.GetValueOrDefault((id, version)) is { Source: not null } kept ? kept : Edition(id);
}
