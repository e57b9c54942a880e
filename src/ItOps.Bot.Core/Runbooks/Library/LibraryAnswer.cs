namespace ItOps.Bot.Runbooks.Library;

/// <summary>What became of a change: the version as it is now, or why nothing was changed, with the lines that are wrong.</summary>
public sealed record LibraryAnswer(RunbookVersion? Version, LibraryRefusal? Refusal, IReadOnlyList<SourceProblem> Problems)
{
    public static LibraryAnswer Done(RunbookVersion? version) => new(version, null, []);

    public static LibraryAnswer Refused(LibraryRefusal refusal, params IReadOnlyList<SourceProblem> problems) => new(null, refusal, problems);
}

/// <summary>Why a change to the library was refused. Nothing was changed.</summary>
public enum LibraryRefusal
{
    /// <summary>Not in the group of authors.</summary>
    NotAnAuthor,

    /// <summary>Known by an e-mail address alone, or by an account that became theirs lately.</summary>
    NotSettled,

    NoSuchRunbook,

    /// <summary>Another runbook has the id.</summary>
    Taken,

    /// <summary>Too large, or a name that no file may have.</summary>
    NotAFile,

    /// <summary>The checks found something.</summary>
    NotClean,

    /// <summary>The same is in force already.</summary>
    NothingChanged,

    /// <summary>Somebody else changed it meanwhile, or published another version.</summary>
    OutOfDate,

    /// <summary>It is not open for this any more: somebody decided.</summary>
    Closed,

    /// <summary>Who wrote it cannot be the second author.</summary>
    OwnChange,
}
