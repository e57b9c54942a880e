using ItOps.Bot.HandOffs;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Tickets;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>A hand-off and its ticket: one ticket, each word once, and a ticket system that is away holds nobody up.</summary>
public sealed class TicketStories
{
    [Fact]
    public async Task What_is_handed_to_a_person_is_an_incident_once_and_words_and_the_end_go_both_ways()
    {
        var time = BotHost.NewTime();
        await using var now = await FakeServiceNow.StartAsync(time);
        await using var bot = await BotHost.StartAsync(time, now.Settings, change: null);
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));
        await alice.Says("my desk is on fire [code]<script>alert(1)</script>[/code]");
        await alice.Taps("Talk to a person");

        var incident = Assert.Single(now.Incidents);
        Assert.Equal((await bot.LastRequestAsync()).Id, incident.Fields["correlation_id"]);
        Assert.DoesNotContain("[code]", incident.Fields["description"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("my desk is on fire", incident.Fields["description"], StringComparison.Ordinal);
        Assert.Equal(1, await alice.TimesSeen($"is ticket {incident.Number}"));
        Assert.Contains(Assert.Single(await omar.CardsAsync()).Facts, f => f == new CardFact("Ticket", incident.Number));

        var handOff = await HandOffAsync(bot);
        await omar.Presses(handOff.Id, Verdict.Reply, "what do you see?");
        await alice.Says("flames");
        Assert.Equal(["what do you see?", "flames"], incident.Journal.Select(j => j.Value.Split(": ", 2)[1]));

        now.Comments(incident, "dana.agent", "Please [step] back");
        now.Comments(incident, "dana.agent", "not for her eyes", forCaller: false);
        for (var i = 0; i < 3; i++)
            await bot.TimePassesAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await alice.TimesSeen("dana.agent from IT: Please [step] back"));
        Assert.Equal(0, await alice.TimesSeen("not for her eyes"));
        Assert.Equal(1, await alice.TimesSeen("what do you see?"));
        Assert.Equal(2, incident.Journal.Count(j => j.CreatedBy == FakeServiceNow.User));

        now.SetState(incident, "6");
        await bot.TimePassesAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await alice.TimesSeen("Did that help?"));
        await alice.Taps("No");
        Assert.Equal("2", incident.State);
        Assert.Equal(HandOffStatus.Claimed, (await HandOffAsync(bot)).Status);
        await omar.Presses(handOff.Id, Verdict.Resolve, "put it out");
        Assert.Equal(("6", true), (incident.State, incident.Fields["close_notes"].Contains("put it out", StringComparison.Ordinal)));
        await alice.Taps("Yes");
        Assert.Equal(RequestStatus.Succeeded, (await bot.LastRequestAsync()).Status);
        Assert.Null((await HandOffAsync(bot)).Ticket!.NextAt);
    }

    [Fact]
    public async Task A_customer_request_of_Jira_is_opened_once_and_its_comments_reach_the_person_once()
    {
        var time = BotHost.NewTime();
        await using var jira = await FakeJiraServiceManagement.StartAsync(time);
        await using var bot = await BotHost.StartAsync(time, jira.Settings, change: null);
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));
        await alice.Says("my desk is on fire {html}<b>x</b>{html} [~accountid:712020:boss]");
        await alice.Taps("Talk to a person");

        var ticket = Assert.Single(jira.Customers);
        Assert.DoesNotContain("{html}", ticket.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("[~", ticket.Description, StringComparison.Ordinal);
        ticket.Assignee = "Dana Agent";
        jira.Comments(ticket, "Dana Agent", "On my way");
        jira.Comments(ticket, "Dana Agent", "internal", forCustomer: false);
        for (var i = 0; i < 3; i++)
            await bot.TimePassesAsync(TimeSpan.FromMinutes(2));

        Assert.Equal("Dana Agent", (await HandOffAsync(bot)).Holder?.Name);
        Assert.Equal(1, await alice.TimesSeen("Dana Agent has " + (await HandOffAsync(bot)).Number));
        Assert.Equal(1, await alice.TimesSeen("Dana Agent from IT: On my way"));
        Assert.Equal(0, await alice.TimesSeen("internal"));
        await alice.Says("hurry *please*");
        Assert.EndsWith("Alice Arden: hurry \\*please\\*", Assert.Single(ticket.Comments, c => c.Author == FakeJiraServiceManagement.Self).Body, StringComparison.Ordinal);

        jira.SetCategory(ticket, "done");
        await bot.TimePassesAsync(TimeSpan.FromMinutes(2));
        await alice.Taps("No");
        Assert.Equal("indeterminate", ticket.Category);
        await omar.Presses((await HandOffAsync(bot)).Id, Verdict.TakeOver);
        await omar.Presses((await HandOffAsync(bot)).Id, Verdict.Resolve);
        Assert.Equal("done", ticket.Category);
    }

    [Theory]
    [InlineData(Death.BeforeStoring)]
    [InlineData(Death.AfterStoring)]
    public async Task A_ticket_that_a_crash_cuts_is_opened_once(Death death)
    {
        var time = BotHost.NewTime();
        var commits = new WatchedCommits();
        await using var now = await FakeServiceNow.StartAsync(time);
        await using var bot = await BotHost.StartAsync(time, now.Settings, commits.Watch);
        commits.DieAt("ticket.created", death);
        await bot.Person("alice").Says("talk to a person");
        Assert.True(commits.IsDead);

        await bot.RestartAsync(TimeSpan.FromMinutes(5));
        await bot.TimePassesAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(Assert.Single(now.Incidents).Number, (await HandOffAsync(bot)).Ticket?.Number);
        Assert.Single(await bot.AuditAsync("ticket.created"));
        Assert.Equal(1, await bot.Person("alice").TimesSeen("is ticket INC"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_lost_makes_neither_a_second_ticket_nor_a_second_comment(bool jira)
    {
        var time = BotHost.NewTime();
        await using TicketServer server = jira ? await FakeJiraServiceManagement.StartAsync(time) : await FakeServiceNow.StartAsync(time);
        var settings = server is FakeJiraServiceManagement j ? j.Settings : ((FakeServiceNow)server).Settings;
        await using var bot = await BotHost.StartAsync(time, settings, change: null);
        server.Writes.BreakOffAfterEffect();
        await bot.Person("alice").Says("talk to a person");
        Assert.Null((await HandOffAsync(bot)).Ticket?.Number);
        await bot.TimePassesAsync(TimeSpan.FromMinutes(2));
        Assert.NotNull((await HandOffAsync(bot)).Ticket?.Number);

        server.Writes.FailAfterEffect();
        await bot.Person("alice").Says("a few words more");
        await bot.TimePassesAsync(TimeSpan.FromMinutes(2));

        var texts = server is FakeJiraServiceManagement site
            ? Assert.Single(site.Customers).Comments.Select(c => c.Body)
            : Assert.Single(((FakeServiceNow)server).Incidents).Journal.Select(e => e.Value);
        Assert.EndsWith("Alice Arden: a few words more", Assert.Single(texts), StringComparison.Ordinal);
        Assert.Equal(1, (await HandOffAsync(bot)).Ticket?.MessagesThere);
    }

    [Fact]
    public async Task A_ticket_system_that_is_down_holds_nobody_up_and_is_told_later()
    {
        var time = BotHost.NewTime();
        await using var now = await FakeServiceNow.StartAsync(time);
        now.IsDown = true;
        await using var bot = await BotHost.StartAsync(time, now.Settings, change: null);
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));
        await alice.Says("talk to a person");

        Assert.Contains(Assert.Single(await omar.CardsAsync()).Facts, f => f == new CardFact("Ticket", "pending"));
        var handOff = await HandOffAsync(bot);
        await omar.Presses(handOff.Id, Verdict.Reply, "I'm here anyway");
        await alice.Sees("Omar Haddad from IT: I'm here anyway");
        for (var i = 0; i < 5; i++)
            await bot.TimePassesAsync(TimeSpan.FromHours(1));
        var asked = now.Requests.Count;
        Assert.InRange(asked, 2, 20);
        Assert.Single(await bot.AuditAsync("ticket.unreachable"));

        now.IsDown = false;
        await bot.TimePassesAsync(TimeSpan.FromHours(2));
        var incident = Assert.Single(now.Incidents);
        Assert.EndsWith("Omar Haddad: I'm here anyway", Assert.Single(incident.Journal).Value, StringComparison.Ordinal);
        Assert.Contains((await omar.CardsAsync())[^1].Facts, f => f == new CardFact("Ticket", incident.Number));
    }

    [Fact]
    public async Task What_is_for_security_is_no_ticket_that_everybody_reads()
    {
        var time = BotHost.NewTime();
        await using var now = await FakeServiceNow.StartAsync(time);
        await using var bot = await BotHost.StartAsync(time, now.Settings, change: null);

        await bot.Person("bob").Says("make me admin of the jira project PLAT");

        Assert.Equal(("security", null), ((await HandOffAsync(bot)).Group, (await HandOffAsync(bot)).Ticket));
        Assert.Empty(now.Incidents);
    }

    private static async Task<HandOffCase> HandOffAsync(BotHost bot) =>
        (await bot.Services.GetRequiredService<IHandOffStore>().ForRequestAsync((await bot.LastRequestAsync()).Id, CancellationToken.None))!;
}
