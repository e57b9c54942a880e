using ItOps.Bot.Approvals;
using ItOps.Bot.Console.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.Tests.Insights;

public sealed class InsightsTests
{
    [Fact]
    public async Task Nothing_decided_yet_says_what_will_stand_here()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var ruth = await host.SignInAsync("ruth");

        Assert.Contains("Nobody has decided anything yet", await ruth.OpenAsync("/insights"));
    }

    [Fact]
    public async Task A_decision_made_in_the_console_shows_with_its_pace()
    {
        // By the computer's own clock: however slow it is, that was too soon.
        await using var host = await ConsoleHost.StartAsync(also: services => services.AddSingleton(ConsoleHost.Policy with { HastyBelow = TimeSpan.FromHours(1) }));
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");
        await omar.SendAsync("/approvals", ("approval", approval), ("verdict", "Approve"));
        using var ruth = await host.SignInAsync("ruth");

        var text = Rendered.Text(await ruth.OpenAsync("/insights"));

        Assert.Matches(@"Omar Test\s*1\s*0\s*0\s*\d+ (s|min)\s*1\s*too soon to have read it", text);
        Assert.Contains("Nobody: that is at least 3 each way", text);
    }

    [Fact]
    public async Task Always_yes_and_pairs_are_marked()
    {
        await using var host = await ConsoleHost.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            host.Memory.Decisions.Add(Decided("omar", "sam", i));
            host.Memory.Decisions.Add(Decided("sam", "omar", i));
        }

        using var ruth = await host.SignInAsync("ruth");

        var text = Rendered.Text(await ruth.OpenAsync("/insights"));
        Assert.Contains("always yes", text);
        Assert.Matches(@"Omar Test\s*Sam Test\s*20\s*20", text);
    }

    private static DecisionRecord Decided(string approver, string requester, int i) => new(
        $"{approver}{i}", "a", "r", Hosting.People.IdOf(approver), Hosting.People.Make(approver).DisplayName, Hosting.People.IdOf(requester), DecisionKind.Approved, TimeProvider.System.GetUtcNow())
    {
        After = TimeSpan.FromMinutes(2),
    };
}
