using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Yaml;

/// <summary>Collects what is wrong in one file, and where each of its parts stands.</summary>
internal sealed class FileProblems(string file)
{
    private readonly List<SourceProblem> _problems = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public IReadOnlyList<SourceProblem> All => _problems;

    public IReadOnlyDictionary<string, int> Lines => _lines;

    public bool Any => _problems.Count > 0;

    public void Add(int line, string message) => _problems.Add(new SourceProblem(file, Math.Max(1, line), message));

    public void Remember(string path, int line) => _lines.TryAdd(path, line);
}
