using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Several things in one message: each is a request with its own plan and approval, and those that the same people decide share a card.</summary>
public sealed class GroupStories
{
    /// <summary>All three belong to Mona.</summary>
    private const string Three = "I need developer access to the jira project FIN and write access to the finance share, and also put me on the sales mailing list";

    private const string Ordered = "First give me write access to the finance share, then give me developer access to the jira project FIN";

    [Fact]
    public async Task Who_a_new_hire_is_is_asked_once_and_holds_for_all_that_they_need()
    {
        await using var bot = await BotHost.StartAsync();
        var mona = bot.Person("mona");

        await mona.Says("A new hire starts Monday and needs access to the jira project OPS, the finance share and Zoom");

        await mona.Sees("That's three things");
        await mona.Sees("new hire");
        Assert.Empty(await bot.PendingApprovalsAsync());
        await mona.Says("eve");
        await mona.Says("read");
        await mona.Says("read");
        Assert.Equal(["P1006", "P1006", "P1006"], (await mona.RequestsAsync()).SelectMany(r => r.Plan!.TargetOwners).Select(o => o.Value));
        Assert.Equal(1, await mona.TimesSeen("called \"new hire\""));
    }

    [Fact]
    public async Task What_was_no_answer_to_who_a_new_hire_is_is_not_kept_as_one()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.Sandbox.GetsLockedAsync("mona");
        var mona = bot.Person("mona");
        await mona.Says("A new hire starts Monday and needs Zoom, access to the jira project OPS and Visio");

        await mona.Says("my account is locked");
        await mona.Taps("mona in Directory");

        Assert.Equal("account_locked", Assert.Single(await mona.RequestsAsync()).RunbookId);
        await mona.Sees("I don't know anybody called \"new hire\"");
    }

    [Fact]
    public async Task Who_a_new_hire_of_one_message_is_is_not_taken_for_that_of_another()
    {
        await using var bot = await BotHost.StartAsync();
        var mona = bot.Person("mona");
        await mona.Says("A new hire starts Monday and needs access to the jira project OPS, Visio and Zoom");
        await mona.Says("eve");
        await mona.Says("A new hire needs Tableau and the finance share");
        await mona.Says("bob");
        for (var open = await mona.LastReplyAsync(); open.Choices is [var first, ..] && !first.Label.StartsWith("Talk", StringComparison.Ordinal); open = await mona.LastReplyAsync())
            await mona.Taps(first.Label);

        var owners = (await mona.RequestsAsync()).Where(r => r.Plan is not null).GroupBy(r => r.Group!.Id).Select(g => g.SelectMany(r => r.Plan!.TargetOwners).Distinct().ToList());
        Assert.All(owners, o => Assert.Single(o));
    }

    [Fact]
    public async Task Several_things_asked_for_while_a_question_is_open_are_all_taken_up()
    {
        await using var bot = await BotHost.StartAsync();
        var mona = bot.Person("mona");
        await mona.Says("I need access to a shared drive");

        await mona.Says("bob needs Visio, Zoom and Photoshop");

        await mona.Sees("That's three things");
        Assert.Equal(3, (await mona.RequestsAsync()).Count);
    }

    [Fact]
    public async Task What_somebody_needs_is_planned_for_them_in_every_part()
    {
        await using var bot = await BotHost.StartAsync();
        var mona = bot.Person("mona");

        await mona.Says("bob needs read access to the marketing share and Visio");

        Assert.Equal(["P1002", "P1002"], (await mona.RequestsAsync()).SelectMany(r => r.Plan!.TargetOwners).Select(o => o.Value));
    }

    [Fact]
    public async Task Three_things_are_three_requests_on_one_card_and_approving_all_decides_each()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));

        await bob.Says(Three);
        await bob.Sees("That's three things. I'll take them one at a time:\n1. I need developer access to the jira project FIN\n2. I need write access to the finance share\n3. put me on the sales mailing list");
        await bob.Sees("I've asked whoever has to agree; you don't need to do anything. I'll tell you here as each is done. [Your 2 requests: Waiting for approval]");
        await bob.Sees("3. \"put me on the sales mailing list\": Which list is it?");
        Assert.Equal("2 to decide", Assert.Single(await mona.CardsAsync()).StateText);
        await bob.Taps("Sales (member)");
        await bob.Sees("I've asked Mona Petrov to agree");
        Assert.Equal(("Your 3 requests", "Waiting for approval"), ((await bob.CardsAsync())[0].Title, (await bob.CardsAsync())[0].StateText));
        var card = Assert.Single(await mona.CardsAsync());
        Assert.Equal(("3 requests of Bob Brandt", "3 to decide"), (card.Title, card.StateText));
        Assert.Equal(["Add bob to FIN (developer) in Directory", "Add bob to Finance (write) in Directory", "Add bob to Sales (member) in Directory"], card.Parts.Select(p => p.Title));
        Assert.Equal(["Approve all 3", "Deny all 3"], card.Buttons.Select(b => b.Label));
        Assert.All(card.Parts, p => Assert.Equal([CardAction.Approve, CardAction.Deny, CardAction.Ask], p.Buttons.Select(b => b.Action)));
        Assert.Equal(4, card.Parts.Select(p => p.ApprovalId).Append(card.ApprovalId).Distinct().Count());

        Assert.Equal(DecidedKind.Counted, (await mona.Presses(card.ApprovalId!, Verdict.Approve)).Kind);

        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "jira-fin-developer"));
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "finance-write"));
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "list-sales"));
        Assert.Equal(3, (await bot.AuditAsync("approval.granted")).Select(e => e.Facts["digest"]).Distinct().Count());
        Assert.Equal(3, await bob.TimesSeen("Did that help?"));
        var receipt = Assert.Single(await mona.CardsAsync());
        Assert.Equal((CardState.Succeeded, "Done and verified", null), (receipt.State, receipt.StateText, receipt.ApprovalId));
        Assert.All(receipt.Parts.Append(receipt), p => Assert.Empty(p.Buttons));
        Assert.Equal("Done and verified", Assert.Single(await bob.CardsAsync()).StateText);
    }

    [Fact]
    public async Task One_is_denied_one_approved_and_the_card_keeps_the_buttons_of_the_third()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await AsksForThreeAsync(bob);
        var parts = Assert.Single(await mona.CardsAsync()).Parts;

        await mona.Presses(parts[0].ApprovalId!, Verdict.Approve);
        await mona.Presses(parts[1].ApprovalId!, Verdict.Deny, "ask Carl first");

        await bob.Sees("Mona Petrov decided against this one: \"ask Carl first\"");
        var card = Assert.Single(await mona.CardsAsync());
        Assert.Equal("1 of 3 to decide", card.StateText);
        Assert.Equal([0, 0, 3], card.Parts.Select(p => p.Buttons.Count));
        Assert.Empty(card.Buttons);
        Assert.Equal([CardState.Succeeded, CardState.Denied, CardState.Waiting], card.Parts.Select(p => p.State));
        Assert.Equal("Done and verified: 1, denied: 1, waiting for approval: 1", Assert.Single(await bob.CardsAsync()).StateText);

        Assert.Equal(DecidedKind.Counted, (await mona.Presses(card.ApprovalId!, Verdict.Approve)).Kind);
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "list-sales"));
        Assert.False(await bot.Sandbox.IsMemberAsync("bob", "finance-write"));
    }

    [Fact]
    public async Task Whoever_asked_approves_none_of_it_and_a_second_press_decides_nothing_more()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, eve, mona) = (bot.Person("bob"), bot.Person("eve"), bot.Person("mona"));
        await AsksForThreeAsync(bob);
        var all = Assert.Single(await mona.CardsAsync()).ApprovalId!;

        Assert.Equal(DecidedKind.Refused, (await bob.Presses(all, Verdict.Approve)).Kind);
        Assert.Equal("You can't decide this one.", (await eve.Presses(all, Verdict.Deny, "no")).Text);
        Assert.Equal(6, (await bot.AuditAsync("approval.refused")).Count);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());

        var presses = await Task.WhenAll(mona.Presses(all, Verdict.Approve), mona.Presses(all, Verdict.Approve));
        Assert.Contains(presses, p => p.Kind is DecidedKind.Counted or DecidedKind.Partly);
        Assert.Equal(3, await bot.Sandbox.EffectsAsync());
        Assert.Equal(DecidedKind.AlreadyDecided, (await mona.Presses(all, Verdict.Deny, "too late")).Kind);
        Assert.Equal(3, (await bot.AuditAsync("approval.granted")).Count);
    }

    [Fact]
    public async Task What_has_expired_meanwhile_is_a_line_and_the_rest_is_decided()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says("I need write access to the finance share and also a licence for Visio");
        await bob.Sees("Which program is it?");
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        await bob.Taps("Microsoft Visio");
        var card = Assert.Single(await mona.CardsAsync());
        Assert.Equal(2, card.Parts.Count);

        bot.Time.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(3));
        await bot.TimePassesAsync(TimeSpan.Zero);
        await mona.Presses(card.ApprovalId!, Verdict.Approve);

        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "software-visio"));
        Assert.False(await bot.Sandbox.IsMemberAsync("bob", "finance-write"));
        await bob.Sees("Nobody got to");
        Assert.Equal([CardState.Expired, CardState.Succeeded], Assert.Single(await mona.CardsAsync()).Parts.Select(p => p.State));
    }

    [Fact]
    public async Task What_cannot_be_decided_is_left_out_and_said()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.WithLimitOf(2)));
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await AsksForThreeAsync(bob);

        var decided = await mona.Presses(Assert.Single(await mona.CardsAsync()).ApprovalId!, Verdict.Approve);

        Assert.Equal(DecidedKind.Partly, decided.Kind);
        Assert.Matches(@"^Approved: 2\. They are being done now, in their order\.\nNot IT-\w+: That's a lot of decisions", decided.Text);
        Assert.Equal(2, await bot.Sandbox.EffectsAsync());
        Assert.Equal("1 of 3 to decide", Assert.Single(await mona.CardsAsync()).StateText);
        Assert.Single(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task What_others_decide_stands_on_a_card_of_its_own()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona, ruth) = (bot.Person("bob"), bot.Person("mona"), bot.Person("ruth"));

        await bob.Says("I need write access to the finance share and developer access to the jira project OPS");

        Assert.Equal("Add bob to Finance (write) in Directory", Assert.Single(await mona.CardsAsync()).Title);
        Assert.Equal("Add bob to OPS (developer) in Directory", Assert.Single(await ruth.CardsAsync()).Title);
        Assert.Equal(2, Assert.Single(await bob.CardsAsync()).Parts.Count);
    }

    [Fact]
    public async Task Those_who_decide_are_reminded_once_and_a_second_team_gets_one_card_too()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona, sam) = (bot.Person("bob"), bot.Person("mona"), bot.Person("sam"));
        await bob.Says(Ordered);

        await bot.TimePassesAsync(TimeSpan.FromHours(2));
        Assert.Equal(1, await mona.TimesSeen("Still waiting for a decision: Add bob to"));
        Assert.Empty(await sam.CardsAsync());
        await bot.TimePassesAsync(TimeSpan.FromHours(1));

        var card = Assert.Single(await sam.CardsAsync());
        Assert.Equal(2, card.Parts.Count);
        Assert.Single(await mona.CardsAsync());
        Assert.Equal(DecidedKind.Counted, (await sam.Presses(card.ApprovalId!, Verdict.Approve)).Kind);
        Assert.Equal(("Done and verified", "Done and verified"), (Assert.Single(await sam.CardsAsync()).StateText, Assert.Single(await mona.CardsAsync()).StateText));
        Assert.Equal(2, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task What_comes_after_waits_though_it_is_approved_and_runs_when_the_first_is_done()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered);
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        var first = parts[0].RequestNumber;
        Assert.Contains(parts[1].Facts, f => f.Label == "Only after" && f.Value == first);

        await mona.Presses(parts[1].ApprovalId!, Verdict.Approve);
        Assert.False(await bot.Sandbox.IsMemberAsync("bob", "jira-fin-developer"));
        await bob.Says("status");
        await bob.Sees($"(2 of 2): Approved; waits for {first}");
        await bot.RestartAsync(TimeSpan.FromMinutes(1));
        Assert.False(await bot.Sandbox.IsMemberAsync("bob", "jira-fin-developer"));

        await mona.Presses(parts[0].ApprovalId!, Verdict.Approve);
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "finance-write"));
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "jira-fin-developer"));
        var order = (await bot.AuditedAsync()).Where(a => a is "request.succeeded" or "request.running").Reverse().ToList();
        Assert.Equal(["request.running", "request.succeeded", "request.running", "request.succeeded"], order);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_first_is_denied_the_person_says_whether_the_second_goes_on(bool yes)
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered);
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        await mona.Presses(parts[1].ApprovalId!, Verdict.Approve);

        await mona.Presses(parts[0].ApprovalId!, Verdict.Deny, "not yet");

        await bob.Sees($"{parts[1].RequestNumber} (Add bob to FIN (developer) in Directory) was to come after {parts[0].RequestNumber}, and that was not done. Shall I go on with it all the same?");
        Assert.False(await bot.Sandbox.IsMemberAsync("bob", "jira-fin-developer"));
        await bot.RestartAsync();
        await bob.Says(yes ? "yes" : "no");

        await bob.Sees(yes ? $"I'm going on with {parts[1].RequestNumber}" : $"{parts[1].RequestNumber} is cancelled");
        Assert.Equal(yes, await bot.Sandbox.IsMemberAsync("bob", "jira-fin-developer"));
        Assert.Equal(yes ? RequestStatus.Succeeded : RequestStatus.Cancelled, (await bot.RequestAsync(parts[1].RequestId!)).Status);
        Assert.Equal(1, await bob.TimesSeen("Shall I go on with it all the same?"));
    }

    [Fact]
    public async Task Going_on_before_it_is_approved_starts_nothing_before_it_is_approved()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered);
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        await mona.Presses(parts[0].ApprovalId!, Verdict.Deny, "not yet");
        await bob.Taps("Yes");
        await bob.Sees("as soon as it is approved");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());

        await mona.Presses(parts[1].ApprovalId!, Verdict.Approve);
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "jira-fin-developer"));
    }

    [Fact]
    public async Task What_nobody_says_a_word_about_ends_when_its_approval_does()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered);
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        await mona.Presses(parts[1].ApprovalId!, Verdict.Approve);
        await mona.Presses(parts[0].ApprovalId!, Verdict.Deny, "not yet");

        await bot.TimePassesAsync(TimeSpan.FromHours(5));

        Assert.Equal(RequestStatus.Expired, (await bot.RequestAsync(parts[1].RequestId!)).Status);
        await bob.Taps("Yes");
        await bob.Sees("That question is already closed");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Theory]
    [InlineData(Verdict.Approve)]
    [InlineData(Verdict.Deny)]
    public async Task What_a_crash_left_waiting_is_found_at_the_next_start(Verdict verdict)
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered);
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        await mona.Presses(parts[1].ApprovalId!, Verdict.Approve);
        await bot.NothingRunsAsync();
        Assert.Equal(DecidedKind.Counted, (await mona.PressesWithoutWaiting(parts[0].ApprovalId!, verdict, "not yet")).Kind);

        await bot.RestartAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(verdict == Verdict.Approve, await bot.Sandbox.IsMemberAsync("bob", "jira-fin-developer"));
        Assert.Equal(verdict == Verdict.Approve ? 0 : 1, await bob.TimesSeen("Shall I go on with it all the same?"));
    }

    [Fact]
    public async Task What_comes_after_something_that_nobody_here_can_do_is_asked_about()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));

        await bob.Says("First repair the coffee machine, then give me write access to the finance share");

        await bob.Sees("1. \"repair the coffee machine\": I look after IT");
        await bob.Sees("was to come after no. 1 of your list, and that was not done");
        await bob.Says("yes");
        await mona.Presses(Assert.Single(await mona.CardsAsync()).ApprovalId!, Verdict.Approve);
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "finance-write"));
    }

    [Fact]
    public async Task All_of_it_is_cancelled_at_once_and_one_of_it_alone()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await AsksForThreeAsync(bob);

        await bob.Says("cancel");
        await bob.Sees("Which one shall I cancel?");
        Assert.Equal("All of it", (await bob.ButtonsAsync())[^1]);
        await bob.Taps((await bob.ButtonsAsync())[0]);
        await bob.Sees("is cancelled");
        Assert.Equal(2, (await bot.PendingApprovalsAsync()).Count);

        await bob.Says("cancel all of it");
        Assert.Empty(await bot.PendingApprovalsAsync());
        var card = Assert.Single(await mona.CardsAsync());
        Assert.Equal((CardState.Cancelled, "Cancelled"), (card.State, card.StateText));
        Assert.Equal("Cancelled", Assert.Single(await bob.CardsAsync()).StateText);
    }

    [Fact]
    public async Task Asked_in_Slack_and_all_approved_in_Teams_every_copy_ends_as_the_same_receipt()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var bob = bot.InSlack("bob");
        var (monaInSlack, monaInTeams, monaInConsole) = (bot.InSlack("mona"), await bot.InTeamsAsync("mona"), bot.InConsole("mona"));

        await bob.Says(Three);
        await bob.Taps("Sales (member)");
        var card = await monaInTeams.SeesApproval("3 requests of Bob Brandt");
        Assert.Equal(3, card.Buttons.Count(b => b is { Verb: "approve", Title: "Approve" }));
        var asked = monaInSlack.Messages.Single(m => m.Shown.Contains("3 requests of Bob Brandt", StringComparison.Ordinal));
        Assert.Equal(["Approve", "Approve", "Approve", "Approve all 3"], asked.Buttons.Where(b => b.ActionId == "approve").Select(b => b.Label));
        Assert.Equal(4, asked.Buttons.Where(b => b.ActionId == "approve").Select(b => b.Value).Distinct().Count());

        var all = card.Buttons.Single(b => b.Title == "Approve all 3");
        await Task.WhenAll(monaInTeams.Presses(all), monaInTeams.Presses(all));

        await bob.Sees("Did that help?");
        Assert.Equal(3, await bot.Sandbox.EffectsAsync());
        var inTeams = await monaInTeams.SeesCard("3 requests of Bob Brandt");
        var inSlack = monaInSlack.Messages.Single(m => m.Shown.Contains("3 requests of Bob Brandt", StringComparison.Ordinal));
        Assert.Equal(3, Times("Approved by Mona Petrov", inTeams.Text));
        Assert.Equal(3, Times("Approved by Mona Petrov", inSlack.Shown));
        Assert.DoesNotContain(inTeams.Buttons, b => b.Verb is not null);
        Assert.DoesNotContain(inSlack.Buttons, b => b.ActionId is "approve" or "deny" or "ask");
        Assert.Equal("Done and verified", Assert.Single(await monaInConsole.CardsAsync()).StateText);
        Assert.Contains(bob.Messages, m => m.Shown.Contains("Your 3 requests", StringComparison.Ordinal) && m.Shown.Contains("Done and verified", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Part_is_decided_in_Slack_and_the_rest_in_Teams()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var bob = bot.InSlack("bob");
        var (monaInSlack, monaInTeams) = (bot.InSlack("mona"), await bot.InTeamsAsync("mona"));
        await bob.Says(Three);
        await bob.Taps("Sales (member)");
        await monaInTeams.SeesApproval("3 requests of Bob Brandt");
        var message = monaInSlack.Messages.Single(m => m.Shown.Contains("3 requests of Bob Brandt", StringComparison.Ordinal));

        await monaInSlack.Presses(message, message.Buttons.First(b => b.Label == "Deny"));
        await monaInSlack.Submits("not in this quarter");

        await bob.Sees("not in this quarter");
        var rest = await monaInTeams.SeesApproval("3 requests of Bob Brandt");
        Assert.Contains("2 of 3 to decide", rest.Text, StringComparison.Ordinal);
        Assert.Contains("Denied by Mona Petrov: not in this quarter", rest.Text, StringComparison.Ordinal);
        var answer = await monaInTeams.Presses(rest.Buttons.First(b => b is { Verb: "approve", Title: "Approve" }));
        Assert.Contains("Add bob to Sales", answer.Card!.Text, StringComparison.Ordinal);
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "finance-write"));

        message = monaInSlack.Messages.Single(m => m.Ts == message.Ts);
        Assert.Contains("1 of 3 to decide", message.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain(message.Buttons, b => b.Label.StartsWith("Approve all", StringComparison.Ordinal));
        await monaInSlack.Approves();
        Assert.Equal(2, await bot.Sandbox.EffectsAsync());
    }

    private static async Task AsksForThreeAsync(StoryPerson bob)
    {
        await bob.Says(Three);
        await bob.Taps("Sales (member)");
    }

    private static int Times(string what, string text) => text.Split(what).Length - 1;
}
