using System.Text.Json.Serialization;
using ItOps.Bot.Assurance;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>
/// A question put to people about exactly one plan (its digest). Decided at most once: every change is a compare-and-set on <see cref="Version"/> (I3).
/// </summary>
public sealed record Approval(string Id, string RequestId, ApprovalPurpose Purpose, string Digest)
{
    public ApprovalStatus Status { get; init; } = ApprovalStatus.Pending;

    public int Version { get; init; }

    public required PersonId Requester { get; init; }

    /// <summary>Whom the plan acts on; they never approve (I2).</summary>
    public IReadOnlyList<PersonId> Targets { get; init; } = [];

    /// <summary>Groups whose members may decide; resolved when they do.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Single people who may decide: resource owners, the target's manager, the requester for what only reads.</summary>
    public IReadOnlyList<PersonId> People { get; init; } = [];

    /// <summary>For an attestation: what a yes proves.</summary>
    public Proof? Proves { get; init; }

    /// <summary>Those who vouched for the requester; who vouches does not decide as well.</summary>
    public IReadOnlyList<PersonId> Vouchers { get; init; } = [];

    /// <summary>How many different people must say yes. Any deny denies.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>What must be typed to approve: the name of what the change acts on, as the card has it. None when pressing is enough.</summary>
    public string? TypeToConfirm { get; init; }

    /// <summary>Where a card was sent, so that each copy converges when it is decided.</summary>
    public IReadOnlyList<ConversationId> PostedTo { get; init; } = [];

    /// <summary>The card that it shares with others of the same message; none when it has one of its own. Opaque; with what a copy offers, it is what that copy's "all" buttons carry.</summary>
    public string? Bundle { get; init; }

    public IReadOnlyList<Vote> Votes { get; init; } = [];

    public IReadOnlyList<ApproverQuestion> Questions { get; init; } = [];

    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RemindAt { get; init; }

    public DateTimeOffset? EscalateAt { get; init; }

    /// <summary>Groups that may decide as well once <see cref="EscalateAt"/> has passed.</summary>
    public IReadOnlyList<string> EscalateTo { get; init; } = [];

    public bool Reminded { get; init; }

    public bool Escalated { get; init; }

    /// <summary>Links that press without a sign-in, for where no button can be shown; only ever on what takes away.</summary>
    public IReadOnlyList<MailedLink> Links { get; init; } = [];
}

/// <summary>A link for one person, of which only the SHA-256 of its token is kept (hexadecimal).</summary>
public sealed record MailedLink(PersonId Person, string TokenHash);

/// <summary>What a yes means.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalPurpose>))]
public enum ApprovalPurpose
{
    /// <summary>An approver lets a change run.</summary>
    Change,

    /// <summary>The requester lets something that only reads run.</summary>
    Consent,

    /// <summary>The target or their manager confirms that the request is theirs; then an approver is asked.</summary>
    Attestation,

    /// <summary>After an unknown outcome, an approver says what is the case.</summary>
    Outcome,

    /// <summary>The owner of an account, or their manager, says that something should not have been done to it: what only takes away runs at once.</summary>
    Report,
}

[JsonConverter(typeof(JsonStringEnumConverter<ApprovalStatus>))]
public enum ApprovalStatus { Pending, Granted, Denied, Expired, Withdrawn }

/// <summary>One person's say.</summary>
public sealed record Vote(PersonId Person, string Name, Verdict Verdict, DateTimeOffset At, string Channel, string? Note);

/// <summary>A question from an approver to the requester, and the answer once it came.</summary>
public sealed record ApproverQuestion(string Id, PersonId By, string ByName, string Question, DateTimeOffset At, string? Answer);
