using ItOps.Bot.Console.Runbooks;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Console.Api;

/// <summary>What is wrong in a line of a text.</summary>
internal sealed record ApiLine(string File, int Line, string Message)
{
    public static ApiLine Of(SourceProblem problem) => new(problem.File, problem.Line, problem.Message);
}

/// <summary>Who is signed in, and what a change must carry.</summary>
internal sealed record ApiSession(string Person, string Name, bool ReadsRunbooks, bool WritesRunbooks, string TokenHeader, string Token);

internal sealed record ApiRunbook(
    string Id, string Title, string Summary, string Category, string State, bool Enabled, int Published, string? ChangedBy, DateTimeOffset? ChangedAt, int Used, int Solved, IReadOnlyList<int> Open)
{
    public static ApiRunbook Of(LibraryLine line) => new(
        line.Entry.RunbookId,
        line.Shown?.Title ?? "",
        line.Shown?.Summary ?? "",
        line.Shown?.Category ?? "",
        LibraryLook.Of(line.Entry).Word,
        line.Entry.Enabled,
        line.Entry.Published,
        line.Changed?.AuthorName,
        line.Changed?.At,
        line.Used,
        line.Solved,
        [.. line.Open.Select(v => v.Number)]);
}

internal sealed record ApiVersion(
    string Id, int Number, string Status, string Origin, int Base, int Revision, bool NeedsSecond, string Author, string Why, DateTimeOffset ChangedAt, string? DecidedBy, string? Note)
{
    /// <summary>Only where one version is asked for.</summary>
    public string? Text { get; init; }

    public string? Category { get; init; }

    public IReadOnlyDictionary<string, string>? Scripts { get; init; }

    public static ApiVersion Of(RunbookVersion version) => new(
        version.RunbookId, version.Number, version.Status.ToString(), version.Origin.ToString(), version.Base, version.Revision, version.NeedsSecond, version.AuthorName, version.Why, version.ChangedAt,
        version.DecidedByName, version.Note);

    public static ApiVersion WithText(RunbookVersion version) =>
        Of(version) with { Text = version.Content.Text, Category = version.Content.Category, Scripts = version.Content.Scripts };
}

internal sealed record ApiRunbookDetail(string Id, bool Enabled, int Published, int FileVersion, bool FileGone, ApiVersion? InForce, IReadOnlyList<ApiVersion> Versions);

internal sealed record ApiDiff(string Id, int Before, int After, IReadOnlyList<ApiDiffLine> Text, IReadOnlyDictionary<string, IReadOnlyList<ApiDiffLine>> Scripts);

internal sealed record ApiDiffLine(string Kind, int? Before, int? After, string Text)
{
    public static IReadOnlyList<ApiDiffLine> Of(string before, string after) => [.. TextDiff.Of(before, after).Select(l => new ApiDiffLine(l.Kind.ToString(), l.Before, l.After, l.Text))];
}

/// <summary>A text to be kept as a draft, or only to be checked. Scripts are named like <c>scripts/check.sh</c>.</summary>
internal sealed record ApiDraft(string Category, string Text, string Id = "", IReadOnlyDictionary<string, string?>? Scripts = null, string? Why = null, int? Revision = null)
{
    public DraftText ToDraft(int? number) =>
        new(Id, Category, Text, (Scripts ?? new Dictionary<string, string?>()).ToDictionary(s => s.Key, s => s.Value ?? "", StringComparer.Ordinal)) { Why = Why ?? "", Origin = VersionOrigin.Api, Number = number, Revision = Revision };
}

/// <summary><paramref name="Revision"/>: the one that was looked at; another one is refused.</summary>
internal sealed record ApiDecision(int Revision, string? Note = null);

internal sealed record ApiRollBack(int To, string? Why = null);

internal sealed record ApiCheck(bool Clean, IReadOnlyList<ApiLine> Problems, IReadOnlyList<string> Differs);

/// <summary>What an import became.</summary>
internal sealed record ApiImport(IReadOnlyList<ApiVersion> Drafts, int Unchanged);

internal sealed record ApiRequest(string Id, string Number, string Title, string Status, string RunbookId, int RunbookVersion, string AskedBy, DateTimeOffset OpenedAt, DateTimeOffset UpdatedAt, bool? Helped, ApiGroup? Group)
{
    public static ApiRequest Of(ServiceRequest request) => new(
        request.Id, request.Number, request.Title, request.Status.ToString(), request.RunbookId, request.RunbookVersion, request.RequesterName, request.OpenedAt, request.UpdatedAt, request.Helped,
        request.Group is { } group ? new(group.Id, group.Number, group.Of, [.. group.Open.Where(_ => group.IsHeld).Select(p => p.Number)]) : null);
}

/// <summary>The place among the requests of one message; <paramref name="WaitsFor"/>, by number, is what it still comes after.</summary>
internal sealed record ApiGroup(string Id, int Number, int Of, IReadOnlyList<string> WaitsFor);

internal sealed record ApiRequestDetail(ApiRequest Request, IReadOnlyList<ApiEvent> Timeline);

internal sealed record ApiEvent(DateTimeOffset At, string Who, string Text, string State);
