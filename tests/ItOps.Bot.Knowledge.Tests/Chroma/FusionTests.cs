using ItOps.Bot.Knowledge.Chroma;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

public sealed class FusionTests
{
    private static readonly Retrieval Sure = new(RetrievalVerdict.Match, [new("vpn", 0.6), new("wifi", 0.2), new("printer", 0.1)], "embedded");

    [Theory]
    [InlineData(RetrievalVerdict.Nothing)]
    [InlineData(RetrievalVerdict.Vague)]
    public void Where_nothing_is_meant_no_vector_says_otherwise(RetrievalVerdict verdict)
    {
        var embedded = Sure with { Verdict = verdict };
        Assert.Equal(embedded, Fusion.Fuse(embedded, [new("wifi", 1), new("vpn", 0)]));
    }

    [Fact]
    public void Without_a_vector_nothing_changes() => Assert.Equal(Sure, Fusion.Fuse(Sure, []));

    [Fact]
    public void Where_both_agree_the_match_stays_one()
    {
        var fused = Fusion.Fuse(Sure, [new("vpn", 0.8), new("wifi", 0.3)]);
        Assert.Equal((RetrievalVerdict.Match, "vpn"), (fused.Verdict, fused.Ranked[0].RunbookId));
        Assert.True(fused.Ranked[0].Score > 0.6, $"{fused.Ranked[0]}");
    }

    [Fact]
    public void Where_they_disagree_about_the_first_the_person_is_asked_and_both_are_offered()
    {
        var fused = Fusion.Fuse(Sure, [new("wifi", 0.95), new("printer", 0.3), new("vpn", 0.3)]);
        Assert.Equal(RetrievalVerdict.NearTie, fused.Verdict);
        Assert.Equal(["wifi", "vpn"], fused.Ranked.Take(2).Select(r => r.RunbookId));
    }

    [Fact]
    public void A_near_tie_stays_one_however_sure_the_vectors_are() =>
        Assert.Equal(RetrievalVerdict.NearTie, Fusion.Fuse(Sure with { Verdict = RetrievalVerdict.NearTie }, [new("vpn", 1), new("wifi", 0)]).Verdict);

    [Fact]
    public void A_runbook_that_only_the_vectors_know_comes_into_question_and_does_not_take_over()
    {
        var fused = Fusion.Fuse(Sure, [new("stranger", 0.9), new("vpn", 0.6), new("wifi", 0.2)]);
        Assert.Equal("vpn", fused.Ranked[0].RunbookId);
        Assert.Contains(fused.Ranked, r => r.RunbookId == "stranger");
    }

    [Fact]
    public void The_scores_together_stay_what_they_were_and_each_is_a_share()
    {
        var fused = Fusion.Fuse(Sure, [new("wifi", 0.7), new("vpn", 0.6), new("printer", 0.2)]);
        Assert.Equal(0.9, fused.Ranked.Sum(r => r.Score), 3);
        Assert.All(fused.Ranked, r => Assert.InRange(r.Score, 0, 1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.9999, 1)]
    [InlineData(-1, -1)]
    public void Vectors_that_tell_nothing_apart_change_no_order(double one, double other) =>
        Assert.Equal(Sure.Ranked.Select(r => r.RunbookId), Fusion.Fuse(Sure, [new("wifi", other), new("vpn", one), new("printer", one)]).Ranked.Select(r => r.RunbookId));
}
