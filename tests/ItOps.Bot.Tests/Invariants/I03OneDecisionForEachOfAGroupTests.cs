using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I3 for a card of several approvals: whatever is pressed on it, on its parts and on all of it, at once and in any order, each approval is decided once.</summary>
public sealed class I03OneDecisionForEachOfAGroupTests(ITestOutputHelper output)
{
    private static readonly string[] Programs = ["Microsoft Visio", "Adobe Photoshop", "Microsoft Project"];

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public async Task Presses_on_parts_and_on_all_in_any_order_decide_each_once(ulong seed)
    {
        output.WriteLine($"seed {seed}");
        var dice = new Dice(seed);
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.WithoutLimits));
        for (var round = 0; round < Programs.Length; round++)
        {
            bot.Time.Advance(TimeSpan.FromHours(2));
            var who = new[] { "bob", "eve", "akim" }[round];
            await bot.Person(who).Says($"First give me write access to the finance share, then install {Programs[round]} for me, and also give me developer access to the jira project FIN");
            var approvals = (await bot.PendingApprovalsAsync()).Where(a => a.Bundle is not null).ToList();
            Assert.Equal(3, approvals.Count);
            var bundle = ApprovalBundles.PressOf(Assert.Single(approvals.Select(a => a.Bundle).Distinct())!, approvals);

            await Parallel.ForEachAsync(Presses(bot, who, bundle, approvals, dice), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (press, _) => await press());
            await bot.SettleAsync();
            await bot.TimePassesAsync(TimeSpan.FromHours(5));

            foreach (var approval in approvals)
            {
                var records = await bot.Services.GetRequiredService<IAuditLog>().ForRequestAsync(approval.RequestId, CancellationToken.None);
                var end = Assert.Single(records, r => r.Entry.Action is "approval.granted" or "approval.denied" or "approval.expired" && r.Entry.Subject == approval.Id);
                var decided = (await bot.Services.GetRequiredService<IApprovalStore>().FindAsync(approval.Id, CancellationToken.None))!;
                Assert.Equal(end.Entry.Action == "approval.expired" ? 0 : 1, decided.Votes.Count);
                Assert.All(decided.Votes, v => Assert.NotEqual(decided.Requester, v.Person));

                var status = (await bot.RequestAsync(approval.RequestId)).Status;
                output.WriteLine($"{end.Entry.Action}, {status}");
                Assert.True(records.All(r => r.Entry.Action != "request.running") || end.Entry.Action == "approval.granted", "something ran without a yes");
                Assert.DoesNotContain(status, new[] { RequestStatus.AwaitingApproval, RequestStatus.Approved, RequestStatus.Running });
            }
        }
    }

    [Theory]
    [InlineData(Verdict.Approve, false)]
    [InlineData(Verdict.Deny, false)]
    [InlineData(Verdict.Approve, true)]
    public async Task Nobody_decides_what_joined_the_card_after_they_saw_it(Verdict verdict, bool atOnce)
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says("I need developer access to the jira project FIN and write access to the finance share, and also put me on the sales mailing list");
        var seen = Assert.Single(await mona.CardsAsync());
        var parts = seen.Parts.Select(p => p.ApprovalId).ToList();

        async Task PressAsync()
        {
            for (var i = 0; i < 4; i++)
                await mona.PressesWithoutWaiting(seen.ApprovalId!, verdict, "why?");
        }

        if (atOnce)
        {
            await Task.WhenAll(bob.Taps("Sales (member)"), PressAsync());
        }
        else
        {
            await bob.Taps("Sales (member)");
            await PressAsync();
        }

        await bot.SettleAsync();
        var joined = Assert.Single(await bot.PendingApprovalsAsync());
        Assert.DoesNotContain(joined.Id, parts);
        Assert.Empty(joined.Votes);
        Assert.False(await bot.Sandbox.IsMemberAsync("bob", "list-sales"));
        Assert.Equal(2, (await bot.AuditAsync(verdict == Verdict.Approve ? "approval.granted" : "approval.denied")).Count);
    }

    private static List<Func<Task>> Presses(BotHost bot, string requester, string bundle, List<Approval> approvals, Dice dice)
    {
        var presses = new List<Func<Task>>();
        for (var i = dice.Roll(8) + 4; i > 0; i--)
        {
            var person = bot.Person(dice.Pick(["mona", "mona", "mona", requester, "ruth"]));
            var id = dice.OneIn(2) ? bundle : dice.Pick(approvals).Id;
            var verdict = dice.Pick([Verdict.Approve, Verdict.Approve, Verdict.Deny, Verdict.Ask]);
            presses.Add(() => person.PressesWithoutWaiting(id, verdict, "why?"));
        }

        return presses;
    }
}
