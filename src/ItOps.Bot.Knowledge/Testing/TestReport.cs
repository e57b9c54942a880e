using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>What testing a library found.</summary>
public sealed record TestReport(IReadOnlyList<SourceProblem> Problems, IReadOnlyList<TestedRunbook> Runbooks)
{
    public int Cases => Runbooks.Sum(r => r.Cases);
}

/// <summary>
/// One runbook's share. <paramref name="Ties"/> are texts that found it as the first of several; <paramref name="LeftOut"/> says how many of its
/// utterances still found it while it did not know them, which is information and no failure.
/// </summary>
public sealed record TestedRunbook(string Id, int Cases, int Failed, int Ties, (int Found, int All) LeftOut)
{
    public override string ToString() => $"{Id}: {Cases - Failed} of {Cases} cases, {Ties} near ties, {LeftOut.Found} of {LeftOut.All} utterances find it unseen";
}
