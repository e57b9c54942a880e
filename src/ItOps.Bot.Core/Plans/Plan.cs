using System.Text.Json.Serialization;
using ItOps.Bot.People;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Plans;

/// <summary>
/// Exactly what would be done: which runbook in which version, which operations on which objects under which policy. Immutable; a change is another plan.
/// </summary>
public sealed record Plan(string RunbookId, int RunbookVersion, int PolicyVersion, IReadOnlyList<PlanStep> Steps)
{
    [JsonIgnore]
    public IEnumerable<PersonId> TargetOwners => Steps.Select(s => s.Target.Owner).OfType<PersonId>().Distinct();
}

/// <summary>One operation on one target.</summary>
public sealed record PlanStep(string Operation, StepArguments Arguments, PlanTarget Target);

/// <summary>Normalised arguments by name, ordered by name.</summary>
public sealed class StepArguments(IEnumerable<KeyValuePair<string, string>> values) : SortedDictionary<string, string>(Copy(values), StringComparer.Ordinal)
{
    public StepArguments()
        : this([])
    {
    }

    private static Dictionary<string, string> Copy(IEnumerable<KeyValuePair<string, string>> values) => new(values);
}

/// <summary>The object that a step acts on, as the directory knows it. <paramref name="Display"/> is for people and not part of the digest.</summary>
public sealed record PlanTarget(string Kind, string Id, string Display, string SystemName, PersonId? Owner);

/// <summary>
/// A target as it is and as it would be. <paramref name="Changes"/> is empty when there is nothing to do.
/// </summary>
public sealed record Preview(PlanTarget Target, IReadOnlyList<CardChange> Changes)
{
    /// <summary>Facts that must still hold when the step starts; a difference stops the run and asks again. Times and counters stay out.</summary>
    public IReadOnlyDictionary<string, string> Preconditions { get; init; } = new Dictionary<string, string>();

    /// <summary>What reading found, in plain words for the person the object belongs to.</summary>
    public required string PlainState { get; init; }

    /// <summary><see cref="PlainState"/> in other languages, by two-letter code.</summary>
    public IReadOnlyDictionary<string, string> PlainStateIn { get; init; } = new Dictionary<string, string>();

    /// <summary>The plain states of what belongs to this person, in one line; what belongs to others is not theirs to read.</summary>
    public static string PlainStateFor(IEnumerable<Preview> previews, PersonId person, string language) =>
        string.Join(" ", previews.Where(p => p.Target.Owner == person).Select(p => p.PlainStateIn.GetValueOrDefault(language, p.PlainState)).Distinct());

    /// <summary>What else whoever approves should know about the target, in exact words.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>People who own the resource and so decide about access to it.</summary>
    public IReadOnlyList<PersonId> ResourceOwners { get; init; } = [];
}
