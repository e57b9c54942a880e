using System.Text.Json.Serialization;

namespace ItOps.Bot.Plans;

/// <summary>
/// A typed parameter value with where it came from. <paramref name="Value"/> is normalised (an id for accounts, people and groups);
/// <paramref name="Display"/> is for people.
/// </summary>
public sealed record ParameterValue(string Value, string Display, Provenance Provenance)
{
    /// <summary>The words that it was read from; none when it was read from no words.</summary>
    public string? Evidence { get; init; }

    /// <summary>The framework of the agent that read it there; none when the rules did.</summary>
    public string? ReadBy { get; init; }
}

/// <summary>Values that bear identity come from the requester's own words, a tap, or the directory; never from a runbook, a tool or a model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Provenance>))]
public enum Provenance { Said, Chosen, Directory, Context, Default }
