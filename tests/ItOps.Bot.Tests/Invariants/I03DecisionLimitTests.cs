using System.Collections.Concurrent;
using ItOps.Bot.Approvals;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Assurance;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>Beside I3: one person decides only as often as somebody who reads can, however many presses come at once.</summary>
public sealed class I03DecisionLimitTests
{
    private const int Limit = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_presses_at_once_on_many_approvals_no_more_count_than_the_limit()
    {
        await using var bot = await StartAsync();
        var open = await AskAsync(bot, 8);
        var service = bot.Services.GetRequiredService<ApprovalService>();
        var omar = await bot.Person("omar").PrincipalAsync();
        var answers = new ConcurrentBag<Decided>();

        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (approval, cancel) =>
            answers.Add(await service.DecideAsync(omar, approval.Id, Verdict.Approve, null, approval.TypeToConfirm, cancel)));
        await bot.SettleAsync();

        Assert.Equal(Limit, answers.Count(a => a.Kind == DecidedKind.Counted));
        Assert.All(answers.Where(a => a.Kind == DecidedKind.Refused), a => Assert.Equal(ProblemCode.TooManyDecisions, a.Problem?.Code));
        Assert.Equal(8 - Limit, (await bot.PendingApprovalsAsync()).Count);
        Assert.Equal(Limit, (await bot.AuditedAsync()).Count(a => a == "approval.granted"));
    }

    [Fact]
    public async Task Security_hears_of_it_once_a_colleague_goes_on_and_after_an_hour_so_does_the_person()
    {
        await using var bot = await StartAsync();
        var open = await AskAsync(bot, 6);
        var (omar, sam) = (bot.Person("omar"), bot.Person("sam"));
        for (var i = 0; i < Limit; i++)
            Assert.Equal(DecidedKind.Counted, (await omar.Presses(open[i].Id, Verdict.Approve)).Kind);

        for (var i = 0; i < 3; i++)
            Assert.Equal(ProblemCode.TooManyDecisions, (await omar.Presses(open[Limit].Id, i == 1 ? Verdict.Deny : Verdict.Approve, "no")).Problem?.Code);

        Assert.Equal(1, await sam.TimesSeen("reached the limit of 3 decisions in an hour"));
        Assert.Single(await bot.AuditAsync("approver.limited"));
        Assert.Equal(DecidedKind.Counted, (await sam.Presses(open[Limit].Id, Verdict.Approve)).Kind);
        bot.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(DecidedKind.Counted, (await omar.Presses(open[Limit + 1].Id, Verdict.Approve)).Kind);
    }

    [Fact]
    public async Task A_question_counts_and_the_limit_outlives_a_restart()
    {
        await using var bot = await StartAsync();
        var open = await AskAsync(bot, 2);
        var omar = bot.Person("omar");
        for (var i = 0; i < Limit; i++)
            Assert.Equal(DecidedKind.Asked, (await omar.Presses(open[0].Id, Verdict.Ask, "why?")).Kind);

        await bot.RestartAsync();

        Assert.Equal(ProblemCode.TooManyDecisions, (await omar.Presses(open[1].Id, Verdict.Approve)).Problem?.Code);
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(open[1].RequestId)).Status);
    }

    [Fact]
    public async Task What_came_too_soon_is_marked_in_the_record_and_on_the_requests_page_for_those_who_see_all()
    {
        await using var bot = await BotHost.StartAsync();
        var first = await bot.AliceAsksForAnUnlockAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(4));
        await bot.Person("omar").Approves();
        var granted = Assert.Single(await bot.AuditAsync("approval.granted"));
        Assert.Equal(("4", "yes"), (granted.Facts["afterSeconds"], granted.Facts["hasty"]));

        Assert.Contains((await bot.Person("ruth").OpensAsync(first.Id))!.Timeline, e => e.Text == "Agreed, too soon to have read it");
        Assert.DoesNotContain((await bot.Person("alice").OpensAsync(first.Id))!.Timeline, e => e.Text.Contains("too soon", StringComparison.Ordinal));
        var report = await bot.Services.GetRequiredService<ApproverInsights>().ReportAsync(Cancel);
        Assert.Equal(("Omar Haddad", 1, 1), (report.Approvers[0].Name, report.Approvers[0].Approved, report.Approvers[0].Hasty));
    }

    [Fact]
    public async Task Who_takes_their_time_is_not_marked()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.AliceAsksForAnUnlockAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(5));
        await bot.Person("omar").Approves();

        Assert.False(Assert.Single(await bot.AuditAsync("approval.granted")).Facts.ContainsKey("hasty"));
    }

    private static Task<BotHost> StartAsync() => BotHost.StartAsync(s => s.AddSingleton(Policies.Of() with { ApprovalsPerHour = Limit }).AddSingleton(NothingToProve.Policy));

    /// <summary>That many approvals that wait for somebody of IT.</summary>
    private static async Task<IReadOnlyList<Approval>> AskAsync(BotHost bot, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await bot.Person("alice").Says("reset my password");
            await bot.Person("alice").Taps("alice in Directory");
        }

        return await bot.PendingApprovalsAsync();
    }
}
