using System.Text.Json.Serialization;
using ItOps.Bot.People;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>
/// One version of a runbook. What is published is never changed again; a draft is, through a commit that expects its <see cref="Revision"/>.
/// </summary>
public sealed record RunbookVersion(string RunbookId, int Number, RunbookContent Content)
{
    /// <summary>The author of what was taken in from the folder.</summary>
    public const string Files = "files";

    public required VersionStatus Status { get; init; }

    public required VersionOrigin Origin { get; init; }

    /// <summary>The number that was published when it was begun; 0 for a new runbook. It is published only while that still is.</summary>
    public int Base { get; init; }

    /// <summary>Everybody who wrote in it; nobody when it came from the folder.</summary>
    public IReadOnlyList<PersonId> Authors { get; init; } = [];

    /// <summary>Who wrote in it last, as people call them.</summary>
    public required string AuthorName { get; init; }

    public string Why { get; init; } = "";

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Differs from its base in more than words, so that a second author must agree.</summary>
    public bool NeedsSecond { get; init; }

    /// <summary>The second author who published or rejected it.</summary>
    public PersonId? DecidedBy { get; init; }

    public string? DecidedByName { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What whoever decided said.</summary>
    public string? Note { get; init; }

    /// <summary>Grows by one with each change; 1 is new.</summary>
    public int Revision { get; init; }

    [JsonIgnore]
    public bool IsOpen => Status is VersionStatus.Draft or VersionStatus.Proposed;
}

public enum VersionStatus { Draft, Proposed, Published, Superseded, Rejected }

public enum VersionOrigin { File, Console, Api, Import }

/// <summary>What holds for a runbook whatever its version. Changed only through a commit that expects <see cref="Revision"/>, so of two who publish at once one does.</summary>
public sealed record RunbookEntry(string RunbookId)
{
    /// <summary>The number of the version that is in force; 0 while there is none.</summary>
    public int Published { get; init; }

    /// <summary>Found by what people write. What began with it goes on either way.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The hash of its file as it was last looked at; none when it never had one.</summary>
    public string? FileHash { get; init; }

    /// <summary>What is in force came from a file that is not there any more.</summary>
    public bool FileGone { get; init; }

    /// <summary>The version that the file became while another one, written here, stayed in force; 0 when they do not contradict each other.</summary>
    public int FileVersion { get; init; }

    /// <summary>Grows by one with each change; 1 is new.</summary>
    public int Revision { get; init; }

    public bool IsInForce => Enabled && !FileGone && Published > 0;
}
