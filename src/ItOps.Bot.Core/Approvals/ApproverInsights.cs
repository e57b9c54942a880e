using ItOps.Bot.People;

namespace ItOps.Bot.Approvals;

/// <summary>How one person decided in the last days.</summary>
/// <param name="Median">From the card to the decision; none when there was no decision.</param>
public sealed record ApproverStatistics(PersonId Person, string Name, int Approved, int Denied, int Asked, TimeSpan? Median, int Hasty)
{
    public int Decided => Approved + Denied;

    /// <summary>Many decisions, and never a no or a question.</summary>
    public bool AlwaysYes => Decided >= ApproverInsights.ManyDecisions && Denied == 0 && Asked == 0;
}

/// <summary>Two people who approve each other's requests, and little else.</summary>
public sealed record MutualPair(string One, string Other, int OneForOther, int OtherForOne);

/// <param name="Approvers">Those with the most decisions first.</param>
/// <param name="Pairs">Those with the most approvals for each other first.</param>
/// <param name="IsComplete">Everything of that time was looked at; otherwise only the newest of it.</param>
public sealed record ApproverReport(IReadOnlyList<ApproverStatistics> Approvers, IReadOnlyList<MutualPair> Pairs, bool IsComplete);

/// <summary>Tells, from what people decided, where an approval may mean less than it should.</summary>
public sealed class ApproverInsights(IDecisionStore decisions, TimeProvider time)
{
    public const int Days = 30;
    public const int ManyDecisions = 20;
    public const int ManyForEachOther = 3;

    private const int MostLookedAt = 20_000;

    public async Task<ApproverReport> ReportAsync(CancellationToken cancellationToken)
    {
        var all = await decisions.SinceAsync(time.GetUtcNow() - TimeSpan.FromDays(Days), MostLookedAt, cancellationToken);
        return new(Statistics(all), Pairs(all), all.Count < MostLookedAt);
    }

    private static IReadOnlyList<ApproverStatistics> Statistics(IReadOnlyList<DecisionRecord> all) =>
    [
        .. all.GroupBy(d => d.Approver).Select(Of).OrderByDescending(s => s.Decided).ThenBy(s => s.Name, StringComparer.Ordinal),
    ];

    private static ApproverStatistics Of(IGrouping<PersonId, DecisionRecord> own)
    {
        var times = own.Where(d => d.Kind != DecisionKind.Asked).Select(d => d.After).Order().ToList();
        return new(
            own.Key,
            own.First().ApproverName,
            own.Count(d => d.Kind == DecisionKind.Approved),
            own.Count(d => d.Kind == DecisionKind.Denied),
            own.Count(d => d.Kind == DecisionKind.Asked),
            times.Count == 0 ? null : times.Count % 2 == 1 ? times[times.Count / 2] : (times[(times.Count / 2) - 1] + times[times.Count / 2]) / 2,
            own.Count(d => d.IsHasty));
    }

    /// <summary>Each approved at least three of the other's requests, and together that is more than half of what one of them approved at all.</summary>
    private static IReadOnlyList<MutualPair> Pairs(IReadOnlyList<DecisionRecord> all)
    {
        var approved = all.Where(d => d.Kind == DecisionKind.Approved).ToList();
        var names = approved.GroupBy(d => d.Approver).ToDictionary(g => g.Key, g => g.First().ApproverName);
        var totals = approved.GroupBy(d => d.Approver).ToDictionary(g => g.Key, g => g.Count());
        var between = approved.GroupBy(d => (d.Approver, d.Requester)).ToDictionary(g => g.Key, g => g.Count());
        var pairs = new List<MutualPair>();
        foreach (var ((one, other), there) in between)
        {
            if (string.CompareOrdinal(one.Value, other.Value) >= 0 || !between.TryGetValue((other, one), out var back) || there < ManyForEachOther || back < ManyForEachOther)
                continue;
            if ((there + back) * 2 > totals[one] || (there + back) * 2 > totals[other])
                pairs.Add(new(names[one], names[other], there, back));
        }

        return [.. pairs.OrderByDescending(p => p.OneForOther + p.OtherForOne).ThenBy(p => p.One, StringComparer.Ordinal)];
    }
}
