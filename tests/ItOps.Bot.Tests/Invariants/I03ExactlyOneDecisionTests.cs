using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I3: exactly one decision per approval, whatever the order of clicks, redeliveries, reminders and the expiry. A failing seed plays the same moves again.</summary>
public sealed class I03ExactlyOneDecisionTests(ITestOutputHelper output)
{
    private const int Rounds = 4;
    private static readonly string[] Ends = ["approval.granted", "approval.denied", "approval.expired"];

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    public async Task Clicks_redeliveries_and_expiry_in_any_order_decide_once(ulong seed)
    {
        output.WriteLine($"seed {seed}");
        var dice = new Dice(seed);
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.WithoutLimits));
        for (var round = 0; round < Rounds; round++)
        {
            bot.Time.Advance(TimeSpan.FromHours(2));
            var before = await bot.Sandbox.TimesAsync("reset-password", "alice");

            // What she says of a wish that a colleague has goes to the colleague.
            await bot.Person("alice").Says("start over");
            var request = await bot.AliceAsksForAPasswordAsync();
            var approval = Assert.Single(await bot.ApprovalsAsync(request.Id), a => a.Purpose == ApprovalPurpose.Change);

            await Parallel.ForEachAsync(Moves(bot, approval, dice), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (move, _) => await move());
            await bot.SettleAsync();
            bot.Time.Advance(approval.ExpiresAt - bot.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
            await bot.TimePassesAsync(TimeSpan.FromSeconds(1));

            var records = await bot.Services.GetRequiredService<IAuditLog>().ForRequestAsync(request.Id, CancellationToken.None);
            var end = Assert.Single(records, r => Ends.Contains(r.Entry.Action) && r.Entry.Subject == approval.Id);
            var times = await bot.Sandbox.TimesAsync("reset-password", "alice") - before;
            var status = (await bot.RequestAsync(request.Id)).Status;
            output.WriteLine($"round {round}: {end.Entry.Action} by {end.Entry.ActorName}, {status}, {times} times");

            // The clock jumps by hours in the middle of a run, too: before a step, or between the two. It then asks again or gives the request to a person.
            (RequestStatus, int)[] expected = end.Entry.Action switch
            {
                "approval.granted" => [(RequestStatus.Succeeded, 1), (RequestStatus.AwaitingApproval, 0), (RequestStatus.HandedOff, 0), (RequestStatus.AwaitingApproval, 1), (RequestStatus.HandedOff, 1)],
                "approval.denied" => [(RequestStatus.Denied, 0)],
                _ => [(RequestStatus.Expired, 0)],
            };
            Assert.Contains((status, times), expected);
        }
    }

    [Fact]
    public async Task A_redelivered_press_is_answered_once_and_decides_once()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();
        var approval = Assert.Single(await bot.ApprovalsAsync(request.Id));
        var omar = bot.Person("omar");
        var press = new DecisionTurn("slack-event-1", omar.Identity, omar.Conversation, bot.Time.GetUtcNow(), approval.Id, Verdict.Approve, null);

        for (var i = 0; i < 5; i++)
            await omar.AcceptAsync(press);
        await bot.RestartAsync();
        await omar.AcceptAsync(press);

        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        Assert.Equal(1, (await bot.AuditedAsync()).Count(a => a == "approval.granted"));
        Assert.Equal(1, await bot.Person("alice").TimesSeen("Did that help?"));
    }

    [Fact]
    public async Task Fifty_presses_at_once_leave_one_winner_and_everybody_learns_who_it_was()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();
        var approval = Assert.Single(await bot.ApprovalsAsync(request.Id));
        var service = bot.Services.GetRequiredService<ApprovalService>();
        Principal[] people = [await bot.Person("omar").PrincipalAsync(), await bot.Person("sam").PrincipalAsync()];
        var answers = new System.Collections.Concurrent.ConcurrentBag<Decided>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 50), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancel) =>
            answers.Add(await service.DecideAsync(people[i % 2], approval.Id, i % 3 == 0 ? Verdict.Deny : Verdict.Approve, null, approval.TypeToConfirm, cancel)));

        Assert.Single(answers, a => a.Kind == DecidedKind.Counted);
        Assert.Equal(49, answers.Count(a => a.Kind == DecidedKind.AlreadyDecided));
        var winner = Assert.Single((await bot.ApprovalsAsync(request.Id))[0].Votes);
        Assert.All(answers.Where(a => a.Kind == DecidedKind.AlreadyDecided), a =>
            Assert.True(a.Text.Contains(winner.Name, StringComparison.Ordinal) || a.Text.Contains("you", StringComparison.OrdinalIgnoreCase), a.Text));
        await bot.SettleAsync();
    }

    private static List<Func<Task>> Moves(BotHost bot, Approval approval, Dice dice)
    {
        var moves = new List<Func<Task>>();
        var presses = new List<DecisionTurn>();
        var service = bot.Services.GetRequiredService<ApprovalService>();
        for (var i = dice.Roll(6) + 3; i > 0; i--)
        {
            var who = bot.Person(dice.Pick(["omar", "sam", "omar", "sam", "eve", "alice"]));
            var verdict = dice.Pick([Verdict.Approve, Verdict.Deny, Verdict.Approve, Verdict.Ask, Verdict.ItHappened]);
            var press = new DecisionTurn($"{approval.Id}-{i}", who.Identity, who.Conversation, bot.Time.GetUtcNow(), approval.Id, verdict, "why?");
            var redelivered = presses.Count > 0 && dice.OneIn(3) ? dice.Pick(presses) : press;
            presses.Add(press);
            if (dice.OneIn(2))
                moves.Add(() => bot.Services.GetRequiredService<ITurnIntake>().AcceptAsync(redelivered, CancellationToken.None));
            else
                moves.Add(async () => await service.DecideAsync(await who.PrincipalAsync(), approval.Id, verdict, null, approval.TypeToConfirm, CancellationToken.None));
        }

        var step = dice.Pick([TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(2), approval.ExpiresAt - bot.Time.GetUtcNow()]);
        moves.Insert(dice.Roll(moves.Count), () =>
        {
            bot.Time.Advance(step);
            return bot.Services.GetRequiredService<ApprovalClock>().TickAsync(approval.Id, CancellationToken.None);
        });
        moves.Insert(dice.Roll(moves.Count), () => bot.Services.GetRequiredService<ApprovalClock>().SweepAsync(CancellationToken.None));
        return moves;
    }
}
