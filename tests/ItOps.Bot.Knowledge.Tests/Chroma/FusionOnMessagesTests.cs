using System.Numerics;
using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Embeddings;
using ItOps.Bot.Knowledge.Evaluation;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

/// <summary>The fused ranking on messages that were written without knowledge of either, with the vectors compared in process.</summary>
public sealed class FusionOnMessagesTests
{
    [Fact]
    public async Task Vectors_make_no_ranking_worse_on_messages_that_nothing_was_fitted_to()
    {
        var embedded = new EmbeddedRetriever(new(ChromaStage.Shipped, []));
        var file = Path.Combine(Repository.Root, "tests", "ItOps.Bot.Knowledge.Tests", "Data", "routing.jsonl");

        var alone = await RoutingEvaluation.RunAsync(file, embedded, null, TestContext.Current.CancellationToken);
        var fused = await RoutingEvaluation.RunAsync(file, new Fused(embedded), null, TestContext.Current.CancellationToken);

        Assert.True(fused.Top1 >= alone.Top1 && fused.Top1Lenient >= alone.Top1Lenient && fused.Top3 >= alone.Top3, $"{alone}\n{fused}");
        Assert.Equal(alone.OutOfScope, fused.OutOfScope);
    }

    private sealed class Fused(EmbeddedRetriever embedded) : IRetriever
    {
        private readonly List<(string Id, float[] Vector)> _vectors =
            [.. from runbook in ChromaStage.Shipped where runbook.IsFound from text in IndexedRunbook.Of(runbook).Texts select (runbook.Id, BuiltInEmbedder.Embed(text))];

        public Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken)
        {
            var question = BuiltInEmbedder.Embed(text);
            var hits = _vectors.Select(v => new VectorHit(v.Id, Dot(question, v.Vector))).OrderByDescending(h => h.Likeness).Take(50);
            return Task.FromResult(Fusion.Fuse(embedded.Retrieve(text), [.. hits]));
        }

        private static float Dot(float[] a, float[] b)
        {
            var sum = Vector<float>.Zero;
            for (var i = 0; i < a.Length; i += Vector<float>.Count)
                sum += new Vector<float>(a, i) * new Vector<float>(b, i);
            return Vector.Sum(sum);
        }
    }
}
