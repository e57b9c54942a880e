namespace ItOps.Bot.Knowledge;

/// <summary>Finds the runbooks that a text asks for.</summary>
public interface IRetriever
{
    Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken);
}

/// <summary>
/// What was found, best first, and how sure that is. <paramref name="Mode"/> names what answered ("embedded", "chroma", …).
/// </summary>
public sealed record Retrieval(RetrievalVerdict Verdict, IReadOnlyList<RetrievedRunbook> Ranked, string Mode);

/// <summary>A runbook with a score from 0 (nothing in common) to 1.</summary>
public sealed record RetrievedRunbook(string RunbookId, double Score);

public enum RetrievalVerdict
{
    /// <summary>The first one is meant.</summary>
    Match,

    /// <summary>Two or three are about as likely: ask which.</summary>
    NearTie,

    /// <summary>Something in IT does not work, and the text does not say what: offer the likeliest.</summary>
    Vague,

    /// <summary>Nothing that we do.</summary>
    Nothing,
}
