using System.Text.Json.Serialization;

namespace ItOps.Bot.Requests;

/// <summary>
/// The place of a request among those that one message asked for: "2 of 3". Each keeps its own plan, approval and run; the group says only what comes after what.
/// </summary>
public sealed record GroupPlace(string Id, int Number, int Of)
{
    /// <summary>What must have succeeded before this one is started.</summary>
    public IReadOnlyList<Predecessor> After { get; init; } = [];

    /// <summary>Ids of those that ended in another way, about which the person was asked.</summary>
    public IReadOnlyList<string> AskedAbout { get; init; } = [];

    /// <summary>Ids of those without which the person goes on.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Nothing is waited for any more; stays so.</summary>
    public bool IsReleased { get; init; }

    /// <summary>It is not started yet, approved or not.</summary>
    [JsonIgnore]
    public bool IsHeld => After.Count > 0 && !IsReleased;

    /// <summary>The person is to say whether to go on.</summary>
    [JsonIgnore]
    public bool IsAsking => IsHeld && AskedAbout.Any(id => !Without.Contains(id));

    /// <summary>What it still waits for.</summary>
    [JsonIgnore]
    public IEnumerable<Predecessor> Open => After.Where(p => !Without.Contains(p.Id));
}

/// <summary>
/// A request that comes first, by its id and its number. A wish that never became a request has an id that nothing is stored under, and its words for a number.
/// </summary>
public sealed record Predecessor(string Id, string Number);
