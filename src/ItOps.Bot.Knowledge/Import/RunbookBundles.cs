using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>What people bring along and take away, under the limits and with the operations of this installation.</summary>
internal sealed class RunbookBundles(OperationCatalog operations, CommandPolicy commands) : IRunbookBundles
{
    private static readonly ImportLimits s_limits = ImportLimits.Default;

    public RunbookBundle Read(IReadOnlyCollection<BundleFile> files, string? category = null) => BundleReader.Read(files, category, s_limits);

    public RunbookBundle ReadZip(Stream zip, string? category = null)
    {
        var (files, problems) = RunbookZip.Read(zip, s_limits);
        return problems.Count > 0 ? new([], [.. problems.Take(s_limits.Problems)]) : Read(files, category);
    }

    public IReadOnlyList<SourceProblem> Check(IReadOnlyCollection<RunbookSource> library, RunbookBundle incoming) => RunbookCheck.Check(library, incoming, operations.Descriptors, commands);

    public byte[] ToZip(IEnumerable<BundleFile> files) => RunbookZip.Write(files);
}
