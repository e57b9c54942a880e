using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Assurance;

/// <summary>Keeps one person's accounts from being worn down by many requests, and password and second factor from changing hands together.</summary>
public sealed class TargetGuard(AssurancePolicy policy, ITargetHistory history, TimeProvider time)
{
    private const int Take = 200;

    /// <summary>What stands against the plan; none when nothing does.</summary>
    /// <param name="pending">What is about to be stored: other requests of the same message count as well.</param>
    public async Task<Problem?> ObstacleAsync(Plan plan, Commit pending, CancellationToken cancellationToken)
    {
        foreach (var (owner, operations) in Targets(plan))
        {
            IReadOnlyList<TargetUse> recent = [.. await RecentAsync(owner, cancellationToken), .. pending.Changes.OfType<TargetNoted>().Select(n => n.Use).Where(u => u.Owner == owner)];
            if (policy.Limits.FirstOrDefault(limit => IsReached(limit, operations, recent)) is { } reached)
                return new(ProblemCode.TargetTooOften, $"{string.Join(", ", reached.Operations)} was asked for {owner} {reached.Times} times within {reached.Within.TotalHours:0} hours.");
            if (policy.Apart.SelectMany(Both).FirstOrDefault(pair => Clashes(pair, operations, recent)) is { For: var apart })
                return new(ProblemCode.TooSoonAfterAnother, $"For {owner} something was asked within {apart.TotalHours:0} hours that must stay apart from {string.Join(", ", operations)}.");
        }

        return null;
    }

    /// <summary>What a person at IT who takes over should know; none when there is nothing.</summary>
    public async Task<string?> CautionAsync(PersonId owner, CancellationToken cancellationToken)
    {
        var recent = await RecentAsync(owner, cancellationToken);
        var last = recent.Where(use => policy.Apart.Any(a => Within(use, a.For) && Both(a).Any(pair => Covers(pair.Operations, use.Operation)))).MaxBy(use => use.At);
        return last is null
            ? null
            : $"{last.Operation} was asked for them at {last.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC: change neither password nor second factor again today without seeing them.";
    }

    /// <summary>What a commit that opens the request must note.</summary>
    public IEnumerable<TargetUse> Uses(string requestId, Plan plan) =>
        plan.Steps.Where(s => s.Target.Owner is not null).Select(s => new TargetUse(requestId, s.Target.Owner!.Value, s.Operation, time.GetUtcNow())).DistinctBy(u => (u.Owner, u.Operation));

    private static IEnumerable<(PersonId Owner, IReadOnlyList<string> Operations)> Targets(Plan plan) =>
        plan.Steps.Where(s => s.Target.Owner is not null).GroupBy(s => s.Target.Owner!.Value).Select(g => (g.Key, (IReadOnlyList<string>)[.. g.Select(s => s.Operation).Distinct()]));

    private async Task<IReadOnlyList<TargetUse>> RecentAsync(PersonId owner, CancellationToken cancellationToken)
    {
        var longest = policy.Limits.Select(l => l.Within).Concat(policy.Apart.Select(a => a.For)).DefaultIfEmpty().Max();
        return longest == TimeSpan.Zero ? [] : await history.SinceAsync(owner, time.GetUtcNow() - longest, Take, cancellationToken);
    }

    private bool IsReached(TargetLimit limit, IReadOnlyList<string> operations, IReadOnlyList<TargetUse> recent) =>
        operations.Any(o => Covers(limit.Operations, o))
        && recent.Where(use => Within(use, limit.Within) && Covers(limit.Operations, use.Operation)).Select(use => use.RequestId).Distinct().Count() >= limit.Times;

    private bool Clashes(ApartRule rule, IReadOnlyList<string> operations, IReadOnlyList<TargetUse> recent) =>
        operations.Any(o => Covers(rule.Operations, o)) && (operations.Any(o => Covers(rule.From, o)) || recent.Any(use => Within(use, rule.For) && Covers(rule.From, use.Operation)));

    private static ApartRule[] Both(ApartRule rule) => [rule, new(rule.From, rule.Operations, rule.For)];

    private bool Within(TargetUse use, TimeSpan span) => use.At > time.GetUtcNow() - span;

    private static bool Covers(IReadOnlyList<string> patterns, string operation) => patterns.Any(p => OperationPattern.Covers(p, operation));
}
