using ItOps.Bot.Assurance;
using ItOps.Bot.People;

namespace ItOps.Bot.Plans;

/// <summary>A validated plan with what its targets look like now.</summary>
public sealed record PreparedPlan(Plan Plan, IReadOnlyList<Preview> Previews, string Title, string Words)
{
    /// <summary>The resolved parameters, to be remembered for follow-ups.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>();

    /// <summary>What was read, in plain words, as far as it is this person's own; empty when nothing of it is.</summary>
    public string PlainStateFor(PersonId person, string language) => Preview.PlainStateFor(Previews, person, language);

    /// <summary>How the requester chose to prove who they are, with the word of somebody else.</summary>
    public Proof? Proof { get; init; }

    /// <summary>Somebody else than the requester must first confirm that this is wanted.</summary>
    public bool NeedsAttestation { get; init; }
}
