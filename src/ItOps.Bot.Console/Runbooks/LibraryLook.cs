using ItOps.Bot.Console.Cards;
using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Console.Runbooks;

/// <summary>The word, shape and tone of a runbook's state and of a version's.</summary>
internal sealed record LibraryLook(string Word, StateLook Look)
{
    public static LibraryLook Of(RunbookEntry entry) => entry switch
    {
        { Published: 0 } => new("Not published", new("draft", "none")),
        { Enabled: false } => new("Off", new("cancelled", "none")),
        { FileGone: true } => new("File is gone", new("expired", "none")),
        { FileVersion: > 0 } => new("File differs", new("unknown", "unsure")),
        _ => new("In force", new("ok", "ok")),
    };

    public static LibraryLook Of(VersionStatus status) => status switch
    {
        VersionStatus.Draft => new("Draft", new("draft", "none")),
        VersionStatus.Proposed => new("Waits for a second author", new("wait", "wait")),
        VersionStatus.Published => new("In force", new("ok", "ok")),
        VersionStatus.Superseded => new("Superseded", new("expired", "none")),
        VersionStatus.Rejected => new("Rejected", new("denied", "bad")),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
