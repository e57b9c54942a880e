using ItOps.Bot.Accounts;
using ItOps.Bot.Runbooks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ItOps.Bot.Knowledge.Sandbox;

/// <summary>Reads <c>data/sandbox/people.yaml</c>. Names become object ids here, so that nothing later depends on a name.</summary>
public static class SandboxSeedReader
{
    /// <summary>Reads a file; the seed is to be used only when there are no problems.</summary>
    public static (SandboxSeed? Seed, IReadOnlyList<SourceProblem> Problems) ReadFile(string path)
    {
        if (!File.Exists(path))
            return (null, [new SourceProblem(path, 1, "the file is not there")]);
        using var reader = File.OpenText(path);
        return Read(reader, path);
    }

    /// <param name="file">The name that problems are reported under.</param>
    public static (SandboxSeed? Seed, IReadOnlyList<SourceProblem> Problems) Read(TextReader yaml, string file)
    {
        var problems = new List<SourceProblem>();
        if (Root(yaml, file, problems) is not { } root)
            return (null, problems);
        var seed = new SandboxDraft(root).ToSeed();
        return problems.Count > 0 ? (null, problems) : (seed, []);
    }

    private static SandboxFields? Root(TextReader yaml, string file, List<SourceProblem> problems)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(yaml);
            if (stream.Documents is [{ RootNode: YamlMappingNode mapping }])
                return new SandboxFields(mapping, file, problems);
            problems.Add(new SourceProblem(file, 1, "the file must hold one mapping"));
        }
        catch (YamlException e)
        {
            problems.Add(new SourceProblem(file, Math.Max(1, (int)e.Start.Line), e.Message));
        }

        return null;
    }
}
