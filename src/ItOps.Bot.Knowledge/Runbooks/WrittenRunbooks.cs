using System.Text;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>Reads what is written in the console, or kept in the store, by the rules that hold for files.</summary>
internal sealed class WrittenRunbooks : IRunbookReader
{
    public (RunbookSource? Source, IReadOnlyList<SourceProblem> Problems) Read(RunbookContent content) =>
        RunbookReader.Read(content.Path, Encoding.UTF8.GetBytes(content.Text), content.Scripts.Keys.ToHashSet(StringComparer.Ordinal));
}
