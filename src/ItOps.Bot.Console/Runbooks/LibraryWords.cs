using ItOps.Bot.Console.Frame;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks.Library;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Runbooks;

/// <summary>What came of a change, in words, for the page and for the API.</summary>
internal static class LibraryWords
{
    public static string Of(LibraryRefusal refusal) => refusal switch
    {
        LibraryRefusal.NotAnAuthor => "Only runbook authors change runbooks.",
        LibraryRefusal.NotSettled => "Your account is too new, or known by an e-mail address alone, to change runbooks.",
        LibraryRefusal.NoSuchRunbook => "There is no such runbook or version.",
        LibraryRefusal.Taken => "Another runbook has this id.",
        LibraryRefusal.NotAFile => "The id and the category hold small letters, digits and underscores; scripts are called like check.sh or check.ps1; none of it is larger than 256 KiB.",
        LibraryRefusal.NotClean => "The checks found something. Nothing was published.",
        LibraryRefusal.NothingChanged => "It says what the version in force says.",
        LibraryRefusal.OutOfDate => "Somebody changed or published something meanwhile. Look at it again.",
        LibraryRefusal.Closed => "That was decided already.",
        LibraryRefusal.OwnChange => "You wrote in this version, so another author has to agree.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };

    public static int StatusOf(LibraryRefusal refusal) => refusal switch
    {
        LibraryRefusal.NotAnAuthor or LibraryRefusal.NotSettled or LibraryRefusal.OwnChange => StatusCodes.Status403Forbidden,
        LibraryRefusal.NoSuchRunbook => StatusCodes.Status404NotFound,
        LibraryRefusal.NotAFile or LibraryRefusal.NotClean => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status409Conflict,
    };

    public static Answer Refused(LibraryRefusal refusal) => new(CardState.Failed, "Nothing was changed.", Of(refusal));

    /// <summary>After a change the browser gets the page anew, and the address says what happened.</summary>
    public static Answer? Done(string? done) => done switch
    {
        "saved" => new(CardState.Succeeded, "Saved.", "It is a draft: nobody finds it until it is published."),
        "published" => new(CardState.Succeeded, "In force.", "New requests begin with it; what began before keeps its own version."),
        "proposed" => new(CardState.Waiting, "Waiting for a second author.", "More than words changed, so somebody else has to agree."),
        "rejected" => new(CardState.Cancelled, "Rejected.", "The version stays on record and is never in force."),
        "enabled" => new(CardState.Succeeded, "On.", "It is found again."),
        "disabled" => new(CardState.Cancelled, "Off.", "It is not found any more; what began with it goes on."),
        _ => null,
    };

    /// <summary>The word that <see cref="Done"/> knows for a version as it is now.</summary>
    public static string After(RunbookVersion? version) => version?.Status switch
    {
        VersionStatus.Published => "published",
        VersionStatus.Proposed => "proposed",
        VersionStatus.Rejected => "rejected",
        _ => "saved",
    };

    public static string Of(VersionOrigin origin) => origin switch
    {
        VersionOrigin.File => "from the folder",
        VersionOrigin.Console => "in the console",
        VersionOrigin.Api => "through the API",
        VersionOrigin.Import => "imported",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };
}
