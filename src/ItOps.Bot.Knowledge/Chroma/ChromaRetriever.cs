using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Embeddings;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>
/// The embedded ranking, made better by vectors where Chroma has them in time. What does not come, or is not in force, changes nothing: the answer is then the
/// embedded one, and its mode says why.
/// </summary>
internal sealed class ChromaRetriever(EmbeddedRetriever embedded, ChromaIndex index, ChromaState state, RunbookCatalog catalog) : IRetriever
{
    public const string Mode = "chroma";
    public const string Away = "embedded (chroma away)";
    public const string NotFilled = "embedded (chroma being filled)";
    public const string NoVector = "embedded (embeddings away)";

    public async Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken)
    {
        var retrieval = await BestAsync(text, cancellationToken);
        Telemetry.Retrievals.Add(1, new KeyValuePair<string, object?>("mode", retrieval.Mode));
        return retrieval;
    }

    private async Task<Retrieval> BestAsync(string text, CancellationToken cancellationToken)
    {
        var found = embedded.Retrieve(text);
        if (!index.IsFilled)
            return found with { Mode = state.IsAway ? Away : NotFilled };
        if (found.Verdict is RetrievalVerdict.Nothing or RetrievalVerdict.Vague)
            return found with { Mode = state.IsAway ? Away : Mode };

        try
        {
            var hits = await index.FindAsync(text, cancellationToken);
            state.Answered();
            return Fusion.Fuse(found, [.. hits.Where(h => catalog.Find(h.RunbookId) is { IsFound: true })]) with { Mode = Mode };
        }
        catch (ChromaException e)
        {
            state.Failed(e.Message, needsLook: e.IsOfCollection);
            return found with { Mode = Away };
        }
        catch (EmbeddingFailedException e)
        {
            state.Failed(e.Message, needsLook: false);
            return found with { Mode = NoVector };
        }
    }
}
