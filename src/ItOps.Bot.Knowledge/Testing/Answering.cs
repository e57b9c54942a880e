using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>What texts are answered with by a library of these runbooks and no others.</summary>
public sealed class Answering(IEnumerable<Runbook> runbooks)
{
    private const int Offered = 3;

    private readonly EmbeddedRetriever _retriever = new(new RunbookCatalog(runbooks, []));

    public Answer Of(string text) => Answer.From(_retriever.Retrieve(text));

    /// <summary>An answer as the person has it: one runbook, a choice between the first few, or none.</summary>
    public sealed record Answer(RetrievalVerdict Verdict, IReadOnlyList<string> Ids)
    {
        /// <summary>The one that is meant, or thought the likeliest of several; none when the bot has to ask what is wrong, or says no.</summary>
        public string? First => Verdict is RetrievalVerdict.Match or RetrievalVerdict.NearTie ? Ids[0] : null;

        public bool Offers(string id) => Verdict switch
        {
            RetrievalVerdict.Match => Ids[0] == id,
            RetrievalVerdict.NearTie => Ids.Contains(id),
            _ => false,
        };

        public override string ToString() => Verdict switch
        {
            RetrievalVerdict.Match => $"'{Ids[0]}'",
            RetrievalVerdict.NearTie => $"the question which of {string.Join(" and ", Ids.Select(i => $"'{i}'"))}",
            RetrievalVerdict.Vague => "the question what is wrong",
            _ => "'that is nothing I do'",
        };

        public static Answer From(Retrieval retrieval) => new(retrieval.Verdict, [.. retrieval.Ranked.Take(Offered).Select(r => r.RunbookId)]);
    }
}
