using ItOps.Bot.Approvals;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Core.Tests.Approvals;

public sealed class ApproverInsightsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Listed _decisions = new();

    [Fact]
    public async Task Decisions_questions_and_times_are_counted_for_each_person()
    {
        Decided("omar", "alice", DecisionKind.Approved, 10);
        Decided("omar", "alice", DecisionKind.Denied, 40);
        Decided("omar", "bob", DecisionKind.Asked, 1_000);
        Decided("omar", "bob", DecisionKind.Approved, 20, hasty: true);
        Decided("sam", "bob", DecisionKind.Asked, 5);

        var report = await ReportAsync();

        Assert.Equal(
            [
                new(new("omar"), "omar", 2, 1, 1, TimeSpan.FromSeconds(20), 1),
                new ApproverStatistics(new("sam"), "sam", 0, 0, 1, null, 0),
            ],
            report.Approvers);
        Assert.True(report.IsComplete);
    }

    [Theory]
    [InlineData(20, 0, 0, true)]
    [InlineData(19, 0, 0, false)]
    [InlineData(20, 1, 0, false)]
    [InlineData(20, 0, 1, false)]
    public async Task Always_yes_is_many_decisions_without_a_no_or_a_question(int approved, int denied, int asked, bool always)
    {
        foreach (var (kind, count) in new[] { (DecisionKind.Approved, approved), (DecisionKind.Denied, denied), (DecisionKind.Asked, asked) })
        {
            for (var i = 0; i < count; i++)
                Decided("omar", $"p{i}", kind, 60);
        }

        Assert.Equal(always, Assert.Single((await ReportAsync()).Approvers).AlwaysYes);
    }

    [Theory]
    [InlineData(3, 3, 0, true)]
    [InlineData(3, 2, 0, false)]
    [InlineData(2, 9, 0, false)]
    [InlineData(3, 3, 8, true)]
    [InlineData(3, 3, 9, false)]
    public async Task A_pair_approves_each_other_and_little_else(int there, int back, int others, bool pair)
    {
        for (var i = 0; i < there; i++)
            Decided("omar", "sam", DecisionKind.Approved, 60);
        for (var i = 0; i < back; i++)
            Decided("sam", "omar", DecisionKind.Approved, 60);
        for (var i = 0; i < others; i++)
        {
            Decided("omar", $"p{i}", DecisionKind.Approved, 60);
            Decided("sam", $"p{i}", DecisionKind.Approved, 60);
        }

        Assert.Equal(pair ? [new("omar", "sam", there, back)] : Array.Empty<MutualPair>(), (await ReportAsync()).Pairs);
    }

    [Fact]
    public async Task What_was_denied_makes_no_pair_and_what_is_long_ago_does_not_count()
    {
        for (var i = 0; i < 5; i++)
        {
            Decided("omar", "sam", DecisionKind.Approved, 60);
            Decided("sam", "omar", DecisionKind.Denied, 60);
        }

        Assert.Empty((await ReportAsync()).Pairs);
        _time.Advance(TimeSpan.FromDays(31));
        Assert.Empty((await ReportAsync()).Approvers);
    }

    private Task<ApproverReport> ReportAsync() => new ApproverInsights(_decisions, _time).ReportAsync(TestContext.Current.CancellationToken);

    private void Decided(string approver, string requester, DecisionKind kind, int seconds, bool hasty = false) => _decisions.All.Add(
        new($"{_decisions.All.Count}", "a", "r", new(approver), approver, new(requester), kind, _time.GetUtcNow()) { After = TimeSpan.FromSeconds(seconds), IsHasty = hasty });

    private sealed class Listed : IDecisionStore
    {
        public List<DecisionRecord> All { get; } = [];

        public Task<int> CountSinceAsync(PersonId approver, DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<DecisionRecord>> SinceAsync(DateTimeOffset since, int take, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<DecisionRecord>>([.. All.Where(d => d.At >= since).Take(take)]);
    }
}
