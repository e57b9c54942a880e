using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Jira;
using ItOps.Bot.Tests.Invariants;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>The shipped runbook for access to a project, before a site of Jira beside the sandbox.</summary>
public sealed class JiraStories
{
    private const string Viewers = "10003";
    private const string Developers = "10004";

    [Fact]
    public async Task Access_to_a_project_of_Jira_is_decided_by_its_lead_and_nobody_else_loses_anything()
    {
        await using var jira = await SiteAsync();
        await using var bot = await BotHost.StartAsync(settings: Settings(jira));
        var (alice, sam) = (bot.Person("alice"), bot.Person("sam"));

        await alice.Says("I need developer access to the jira project WEB");
        await bot.Person("omar").SeesNoApproval();
        var card = await sam.SeesApproval("Add alice@example.com to Website (developer) in Jira");
        Assert.Contains(card.Changes, c => c is { Before: "not a direct member", After: "direct member" });
        Assert.Empty(jira.Site.Effects);
        await sam.Approves();

        await alice.Sees("You have access to the project now. Reload Jira to see it.");
        Assert.Equal([new JiraEffect("add", "WEB", Developers, Account(jira, "alice"))], jira.Site.Effects);
        Assert.Equal([Account(jira, "sam"), Account(jira, "alice")], jira.Site.ActorsOf("WEB", Developers));
        Assert.DoesNotContain(jira.Requests, r => r.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_has_it_through_a_group_is_told_so()
    {
        await using var jira = await SiteAsync();
        jira.Site.SetActors("WEB", Viewers, "group:staff");
        await using var bot = await BotHost.StartAsync(settings: Settings(jira));

        await bot.Person("alice").Says("I need read access to the jira project WEB");

        await bot.Person("alice").Sees("has access to Website (read)");
    }

    [Fact]
    public async Task Administering_a_project_is_not_for_chat()
    {
        await using var jira = await SiteAsync();
        await using var bot = await BotHost.StartAsync(settings: Settings(jira));

        await bot.Person("alice").Says("make me admin of the jira project WEB");

        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
        Assert.Empty(jira.Site.Effects);
    }

    [Theory]
    [InlineData(Cut.BeforeStarted)]
    [InlineData(Cut.AfterStarted)]
    [InlineData(Cut.BeforeEffect)]
    [InlineData(Cut.AfterEffect)]
    [InlineData(Cut.BeforeSucceeded)]
    [InlineData(Cut.AfterSucceeded)]
    public async Task Joining_a_project_that_is_cut_happens_once(Cut cut)
    {
        var commits = new WatchedCommits();
        await using var jira = await SiteAsync();
        await using var bot = await BotHost.StartAsync(commits.Watch, Settings(jira));
        await bot.Person("alice").Says("I need developer access to the jira project WEB");
        if (cut is Cut.BeforeEffect)
            jira.Writes.BreakOffBeforeEffect();
        else if (cut is Cut.AfterEffect)
            jira.Writes.BreakOffAfterEffect();
        else
            commits.DieAt(cut is Cut.BeforeStarted or Cut.AfterStarted ? "step.started" : "step.succeeded", cut is Cut.BeforeStarted or Cut.BeforeSucceeded ? Death.BeforeStoring : Death.AfterStoring);

        await bot.Person("sam").Approves();
        if (commits.IsDead)
            await bot.RestartAndTakeOverAsync();
        await bot.TimePassesAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RequestStatus.Succeeded, (await bot.LastRequestAsync()).Status);
        Assert.Single(jira.Site.Effects);
    }

    private static async Task<FakeJira> SiteAsync()
    {
        var jira = await FakeJira.StartAsync();
        jira.Site.AddPerson("alice", p => p with { EmailAddress = "alice@example.com", Groups = ["staff"] });
        var sam = jira.Site.AddPerson("sam", p => p with { EmailAddress = "sam@example.com" });
        jira.Site.AddProject("WEB", "Website", sam);
        jira.Site.SetActors("WEB", Developers, sam.AccountId);
        return jira;
    }

    private static string Account(FakeJira jira, string name) => jira.Site.People.Values.Single(p => p.EmailAddress == $"{name}@example.com").AccountId;

    private static Dictionary<string, string> Settings(FakeJira jira) => new(jira.Settings) { ["Executors:Jira:MatchByEmail"] = "true" };
}
