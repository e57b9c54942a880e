using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Access to drives and projects: the owner decides.</summary>
public sealed class AccessStories
{
    [Fact]
    public async Task Access_to_a_drive_by_its_letter_is_decided_by_its_owner()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");
        var mona = bot.Person("mona");

        await eve.Says("I need access to G:");
        await eve.Sees("Is reading enough, or must files be changed too?");
        await eve.Taps("Read and change");
        await eve.Sees("Your account eve in Directory has no access to Finance (write). I've asked Mona Petrov to agree");
        await bot.Person("omar").SeesNoApproval();
        var card = await mona.SeesApproval("Add eve to Finance (write) in Directory");
        Assert.Contains(card.Changes, c => c.Before == "not a direct member" && c.After == "direct member");
        await mona.Approves();

        await eve.Sees("You have access now. Sign out and in again if the drive does not show up. Did that help?");
        Assert.True(await bot.Sandbox.IsMemberAsync("eve", "finance-write"));
        await eve.Taps("Yes");
        Assert.True((await bot.LastRequestAsync()).Helped);
    }

    [Fact]
    public async Task A_drive_asked_for_with_its_permission_needs_no_question()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");

        await eve.Says("give me read access to the marketing share");

        await bot.Person("ruth").SeesApproval("Add eve to Marketing (read)");
        Assert.DoesNotContain(await eve.RepliesAsync(), r => r.Choices.Count > 0);
    }

    [Fact]
    public async Task A_drive_that_is_not_there_is_asked_about_with_those_that_are()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");

        await eve.Says("I need read access to the sales share");

        await eve.Sees("Which drive or folder is it?");
        Assert.Equal(["Finance (read)", "Marketing (read)"], await eve.ButtonsAsync());
        await eve.Says("marketing");
        await bot.Person("ruth").SeesApproval("Add eve to Marketing (read)");
    }

    [Fact]
    public async Task The_owner_of_a_drive_asking_for_herself_needs_somebody_else()
    {
        await using var bot = await BotHost.StartAsync();
        var mona = bot.Person("mona");

        await mona.Says("give me read access to the finance share");

        await mona.SeesNoApproval();
        await bot.Person("omar").SeesApproval("Add mona to Finance (read)");
        Assert.Equal(ProblemCode.ApproverIsRequester, (await mona.Approves()).Problem!.Code);
    }

    [Fact]
    public async Task Access_that_is_there_already_is_said_and_nobody_is_bothered()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");

        await alice.Says("give me read access to the finance share");

        await alice.Sees("Your account alice in Directory has access to Finance (read) already.");
        Assert.Empty(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task Access_that_somebody_else_has_already_is_their_business()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");

        await eve.Says("give alice read access to the finance share");

        await eve.Sees("There is nothing to change there.");
        await eve.DoesNotSee("alice in Directory");
    }

    [Fact]
    public async Task A_jira_project_is_asked_for_when_it_was_not_named()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");

        await eve.Says("I need access to jira");
        await eve.Sees("What do you need to do in Jira?");
        await eve.Taps("View issues");
        await eve.Sees("Which Jira project is it?");
        await eve.Taps("OPS (read)");
        await bot.Person("ruth").SeesApproval("Add eve to OPS (read)");
        await bot.Person("ruth").Approves();

        await eve.Sees("You have access to the project now. Reload Jira to see it.");
        Assert.True(await bot.Sandbox.IsMemberAsync("eve", "jira-ops-read"));
    }

    [Fact]
    public async Task A_jira_project_with_its_role_goes_straight_to_its_owner()
    {
        await using var bot = await BotHost.StartAsync();

        await bot.Person("alice").Says("I need developer access to the jira project PLAT");

        await bot.Person("sam").SeesApproval("Add alice to PLAT (developer)");
    }

    [Fact]
    public async Task Administering_a_project_is_refused_for_what_it_is_and_not_replaced_by_less()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");

        await eve.Says("make me admin of the jira project OPS");

        await eve.Sees("That's not something I do in chat.");
        await bot.Person("sam").Sees("For security: Eve Moreau");
        Assert.Empty(await bot.PendingApprovalsAsync());
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task After_an_unlock_and_my_jira_too_is_a_request_of_its_own_for_the_same_person()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        await bot.Person("omar").Approves();
        await alice.Taps("Yes");

        await alice.Says("and my jira too");

        await alice.Taps("Get access to a Jira project");
        await alice.Sees("What do you need to do in Jira?");
        await alice.Taps("View issues");
        await alice.Taps("PLAT (read)");
        await bot.Person("sam").SeesApproval("Add alice to PLAT (read)");
        Assert.Equal([RequestStatus.AwaitingApproval, RequestStatus.Succeeded], (await alice.RequestsAsync()).Select(r => r.Status).Order());
    }
}
