namespace ItOps.Bot.Runbooks.Library;

/// <summary>Makes a runbook of what is written, or says in which lines that is wrong. Touches no disk.</summary>
public interface IRunbookReader
{
    (RunbookSource? Source, IReadOnlyList<SourceProblem> Problems) Read(RunbookContent content);
}

/// <summary>What the folder held when the process started: each runbook as it is written and as it was read, and what was wrong with the others.</summary>
public sealed record RunbookFiles(IReadOnlyList<FiledRunbook> Runbooks, IReadOnlyList<SourceProblem> Problems);

/// <summary>One file of the folder, with its scripts.</summary>
public sealed record FiledRunbook(RunbookSource Source, RunbookContent Content)
{
    public string Hash { get; } = Content.Hash;
}
