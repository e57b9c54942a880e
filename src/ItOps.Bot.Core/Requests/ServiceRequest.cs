using System.Text.Json.Serialization;
using ItOps.Bot.Assurance;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Notices;
using ItOps.Bot.People;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Requests;

/// <summary>
/// One wish of one person, from the first plan to the end. Changed only through a commit that expects <see cref="Version"/>.
/// </summary>
public sealed record ServiceRequest(
    string Id, string Number, PersonId Requester, string RequesterName, ConversationId Conversation, string RunbookId, string Title)
{
    public const int WordsLimit = 500;

    public RequestStatus Status { get; init; } = RequestStatus.Draft;

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Grows by one with each change; 0 has never been stored.</summary>
    public int Version { get; init; }

    /// <summary>The words that the request began with, cut to 500 characters.</summary>
    public string Words { get; init; } = "";

    /// <summary>The version of the runbook that it began with, and keeps; 0 when there is none.</summary>
    public int RunbookVersion { get; init; }

    /// <summary>What was filled in, by parameter.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>();

    /// <summary>For a guide: the step that the plan belongs to.</summary>
    public int GuideStep { get; init; }

    /// <summary>What pasted texts showed: the rest of them is not kept.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Values that pasted texts gave, by name.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    public Plan? Plan { get; init; }

    /// <summary>One for each step of <see cref="Plan"/>, as approved.</summary>
    public IReadOnlyList<Preview> Previews { get; init; } = [];

    public string? Digest { get; init; }

    /// <summary>How the requester proved who they are, for the card.</summary>
    public string Assurance { get; init; } = "";

    /// <summary>Why it is believed to be theirs, the session first. Without what the policy asks for nobody is asked to approve.</summary>
    public IReadOnlyList<AssuranceEvidence> Evidence { get; init; } = [];

    /// <summary>Owner of the current run: grows with every take-over, so that a paused runner cannot go on.</summary>
    public int Fence { get; init; }

    /// <summary>Until when the current runner is left alone; kept beside the request, so that a sign of life is no new version.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>How often the current run was left behind and taken up again.</summary>
    public int Interruptions { get; init; }

    public Problem? Problem { get; init; }

    /// <summary>Said by the person after the end; none while they have not.</summary>
    public bool? Helped { get; init; }

    /// <summary>Why and to whom it was handed.</summary>
    public string? HandOffReason { get; init; }

    /// <summary>For what is kept ready in case that the owner of an account, or their manager, says that something should not have happened: what that was.</summary>
    public ReportedAct? Report { get; init; }

    /// <summary>Its place among those of the same message; none when it was asked for alone.</summary>
    public GroupPlace? Group { get; init; }

    /// <summary>Somebody's words as a request keeps them.</summary>
    public static string CutWords(string text) => text.Length <= WordsLimit ? text : text[..WordsLimit];

    /// <summary>Those who gave their word for the requester, other than whoever it is for.</summary>
    [JsonIgnore]
    public IReadOnlyList<PersonId> Vouchers => [.. Evidence.Where(e => e.Method is AssuranceMethod.Manager or AssuranceMethod.InPerson).Select(e => e.By).OfType<PersonId>().Distinct()];

    [JsonIgnore]
    public bool IsOpen => Status is RequestStatus.Draft or RequestStatus.AwaitingApproval or RequestStatus.Approved or RequestStatus.Running
        or RequestStatus.Verifying or RequestStatus.Unknown;
}

/// <summary>
/// Draft: the bot and the person are still at it (collecting, guiding, diagnosing). Prepared: nobody has asked for it; it is kept ready for whoever presses.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestStatus>))]
public enum RequestStatus { Draft, AwaitingApproval, Approved, Running, Verifying, Succeeded, Failed, Unknown, Denied, Expired, Cancelled, HandedOff, Prepared }
