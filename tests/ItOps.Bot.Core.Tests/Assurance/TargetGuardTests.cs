using ItOps.Bot.Assurance;
using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Core.Tests.Assurance;

public sealed class TargetGuardTests
{
    private static readonly PersonId Alice = new("P1");

    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private readonly List<TargetUse> _uses = [];
    private readonly Commit _pending = new();

    [Fact]
    public async Task The_limit_counts_requests_and_forgets_them_after_its_time()
    {
        Used("r1", "account.reset-password");
        Assert.Null(await ObstacleAsync("account.reset-password"));
        Used("r2", "account.reset-password");
        Assert.Equal(ProblemCode.TargetTooOften, (await ObstacleAsync("account.reset-password"))!.Code);
        Assert.Null(await ObstacleAsync("group.add-member"));

        _time.Advance(TimeSpan.FromHours(24));
        Assert.Null(await ObstacleAsync("account.reset-password"));
    }

    [Theory]
    [InlineData("account.reset-password", "mfa.reset")]
    [InlineData("mfa.reset", "account.reset-password")]
    public async Task Password_and_second_factor_are_kept_a_day_apart_whichever_comes_first(string first, string second)
    {
        Used("r1", first);
        Assert.Equal(ProblemCode.TooSoonAfterAnother, (await ObstacleAsync(second))!.Code);

        _time.Advance(TimeSpan.FromHours(24));
        Assert.Null(await ObstacleAsync(second));
    }

    [Fact]
    public async Task What_the_same_turn_has_noted_counts_as_what_is_stored()
    {
        Used("r1", "account.reset-password");
        _pending.Add(new TargetNoted(new("r2", new("P2"), "account.reset-password", _time.GetUtcNow())));
        Assert.Null(await ObstacleAsync("account.reset-password"));

        _pending.Add(new TargetNoted(new("r3", Alice, "account.reset-password", _time.GetUtcNow())));
        Assert.Equal(ProblemCode.TargetTooOften, (await ObstacleAsync("account.reset-password"))!.Code);
        Assert.Equal(ProblemCode.TooSoonAfterAnother, (await ObstacleAsync("mfa.reset"))!.Code);
    }

    [Fact]
    public async Task One_plan_never_holds_both() =>
        Assert.Equal(ProblemCode.TooSoonAfterAnother, (await ObstacleAsync("account.reset-password", "mfa.reset"))!.Code);

    [Fact]
    public async Task Whoever_takes_over_is_warned_for_a_day()
    {
        Assert.Null(await Guard.CautionAsync(Alice, TestContext.Current.CancellationToken));
        Used("r1", "account.reset-password");
        Assert.Contains("change neither password nor second factor", await Guard.CautionAsync(Alice, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Null(await Guard.CautionAsync(new("P2"), TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Null(await Guard.CautionAsync(Alice, TestContext.Current.CancellationToken));
    }

    private TargetGuard Guard => new(
        new(1, [])
        {
            Limits = [new(["account.reset-password"], 2, TimeSpan.FromHours(24))],
            Apart = [new(["account.reset-password"], ["mfa.*"], TimeSpan.FromHours(24))],
        },
        new Listed(_uses),
        _time);

    private void Used(string request, string operation) => _uses.Add(new(request, Alice, operation, _time.GetUtcNow()));

    private Task<Problem?> ObstacleAsync(params string[] operations) => Guard.ObstacleAsync(
        new("x", 1, 1, [.. operations.Select(o => new PlanStep(o, new StepArguments(), new("account", "directory/1", "alice", "Directory", Alice)))]), _pending, TestContext.Current.CancellationToken);

    private sealed class Listed(List<TargetUse> uses) : ITargetHistory
    {
        public Task<IReadOnlyList<TargetUse>> SinceAsync(PersonId owner, DateTimeOffset since, int take, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<TargetUse>>([.. uses.Where(u => u.Owner == owner && u.At > since).Take(take)]);
    }
}
