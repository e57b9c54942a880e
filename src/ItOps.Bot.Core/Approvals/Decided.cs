namespace ItOps.Bot.Approvals;

/// <summary>What came of a press on an approval card. <paramref name="Text"/> is for the person who pressed.</summary>
public sealed record Decided(DecidedKind Kind, string Text, Problem? Problem = null);

public enum DecidedKind
{
    /// <summary>This press was the decision, or one of the votes it takes.</summary>
    Counted,

    /// <summary>Of several that were pressed at once some were decided; the text says which were not, and why.</summary>
    Partly,

    /// <summary>Nothing was decided: somebody said that something should not have happened, and that is taken at their word.</summary>
    Reported,

    /// <summary>The question went to the requester.</summary>
    Asked,

    /// <summary>Words of a hand-off went to the requester.</summary>
    Passed,

    /// <summary>Somebody (perhaps the same person) was first; nothing changed.</summary>
    AlreadyDecided,

    /// <summary>Not allowed, or no longer possible; nothing changed.</summary>
    Refused,
}
