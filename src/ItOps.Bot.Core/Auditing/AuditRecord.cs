using ItOps.Bot.People;

namespace ItOps.Bot.Auditing;

/// <summary>
/// What happened, to be chained when it is committed. <paramref name="Actor"/> is a person id or "bot"; <paramref name="Subject"/> an id such as a request's.
/// <paramref name="Facts"/> must hold no secret and no text of a conversation beyond what the event is about.
/// </summary>
public sealed record AuditEntry(
    string Action, string Actor, string ActorName, string Subject, string? RequestId, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The actor of everything that no person did.</summary>
    public const string Bot = "bot";

    public static AuditEntry By(Person person, string action, string subject, string? requestId, params IReadOnlyList<(string Name, string Value)> facts) =>
        new(action, person.Id.Value, person.DisplayName, subject, requestId, ToDictionary(facts));

    public static AuditEntry ByBot(string action, string subject, string? requestId, params IReadOnlyList<(string Name, string Value)> facts) =>
        new(action, Bot, Bot, subject, requestId, ToDictionary(facts));

    private static SortedDictionary<string, string> ToDictionary(IReadOnlyList<(string Name, string Value)> facts) =>
        new(facts.ToDictionary(f => f.Name, f => f.Value), StringComparer.Ordinal);
}

/// <summary>
/// A link of the chain. <paramref name="Hash"/> is SHA-256 (hexadecimal) over the canonical JSON of all other fields, so each record
/// vouches for all before it; <paramref name="Sequence"/> starts at 1 without gaps.
/// </summary>
public sealed record AuditRecord(long Sequence, DateTimeOffset At, AuditEntry Entry, string PreviousHash, string Hash);
