using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>A card of several requests while more of them come, and presses on all that it offers.</summary>
public sealed class JoiningStories
{
    private const string Two = "I need write access to the finance share and also a licence for Visio";

    private const string Ordered = "First give me write access to the finance share, then give me developer access to the jira project FIN";

    [Fact]
    public async Task What_joins_later_joins_the_open_card_and_tells_nobody_again()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Two);
        Assert.Equal("Add bob to Finance (write) in Directory", Assert.Single(await mona.CardsAsync()).Title);
        bot.Time.Advance(TimeSpan.FromMinutes(1));

        await bob.Taps("Microsoft Visio");

        var card = Assert.Single(await mona.CardsAsync());
        Assert.Equal(["Add bob to Finance (write) in Directory", "Add bob to Microsoft Visio (licence) in Directory"], card.Parts.Select(p => p.Title));
        Assert.Single(await mona.RepliesAsync());
    }

    [Fact]
    public async Task What_joins_too_late_has_a_card_of_its_own()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Two);
        bot.Time.Advance(TimeSpan.FromMinutes(11));

        await bob.Taps("Microsoft Visio");

        Assert.Equal(["Add bob to Finance (write) in Directory", "Add bob to Microsoft Visio (licence) in Directory"], (await mona.CardsAsync()).Select(c => c.Title));
        await bob.Sees("I've asked Mona Petrov to agree");
    }

    [Fact]
    public async Task A_press_on_all_decides_what_the_card_showed_and_names_what_joined_it_since()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says("I need developer access to the jira project FIN and write access to the finance share, and also put me on the sales mailing list");
        var stale = Assert.Single(await mona.CardsAsync());
        Assert.Equal("Approve all 2", stale.Buttons[0].Label);
        await bob.Taps("Sales (member)");

        var decided = await mona.Presses(stale.ApprovalId!, Verdict.Approve);

        var joined = Assert.Single(await bot.PendingApprovalsAsync());
        Assert.Equal(DecidedKind.Partly, decided.Kind);
        Assert.Equal($"Approved: 2. They are being done now, in their order.\nNot {(await bot.RequestAsync(joined.RequestId)).Number}: it was not on your card yet when you pressed. Please look at it.", decided.Text);
        Assert.False(await bot.Sandbox.IsMemberAsync("bob", "list-sales"));
        Assert.Equal("1 of 3 to decide", Assert.Single(await mona.CardsAsync()).StateText);

        Assert.Equal(DecidedKind.Refused, (await mona.Presses(joined.Bundle!, Verdict.Approve)).Kind);
        Assert.Equal(DecidedKind.AlreadyDecided, (await mona.Presses(stale.ApprovalId!, Verdict.Approve)).Kind);
        Assert.Single(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task Where_two_must_agree_the_first_yes_to_all_says_that_more_are_needed()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(quorum: 2, operations: "group.*")));
        var (bob, omar, sam) = (bot.Person("bob"), bot.Person("omar"), bot.Person("sam"));
        await bob.Says(Ordered);
        var all = Assert.Single(await omar.CardsAsync()).ApprovalId!;

        Assert.Equal("Your approval is counted for 2; more are needed.", (await omar.Presses(all, Verdict.Approve)).Text);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal("Approved: 2. They are being done now, in their order.", (await sam.Presses(all, Verdict.Approve)).Text);
        Assert.Equal(2, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task Denying_all_asks_nobody_whether_to_go_on_with_what_is_denied_as_well()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered);
        var card = Assert.Single(await mona.CardsAsync());

        Assert.Equal("Denied: 2. The requester has been told.", (await mona.Presses(card.ApprovalId!, Verdict.Deny, "not yet")).Text);
        Assert.Equal(card.Parts.Select(p => p.ApprovalId).Reverse(), (await bot.AuditAsync("approval.denied")).Select(e => e.Subject).Reverse());
        await bob.AcceptAsync(RequestTurn.For(await bot.RequestAsync(card.Parts[1].RequestId!), RequestEvent.Stranded, bot.Time));

        Assert.Equal(0, await bob.TimesSeen("Shall I go on with it all the same?"));
        Assert.Empty(await bot.AuditAsync("request.stranded"));
        Assert.Equal("Denied", Assert.Single(await bob.CardsAsync()).StateText);
    }

    [Fact]
    public async Task What_waited_for_another_and_is_cancelled_shows_so_on_every_copy()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered);
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        await mona.Presses(parts[1].ApprovalId!, Verdict.Approve);
        Assert.StartsWith("Approved; waits for", Assert.Single(await mona.CardsAsync()).Parts[1].StateText, StringComparison.Ordinal);

        await bob.Says("cancel");
        await bob.Taps((await bob.ButtonsAsync()).Single(b => b.StartsWith(parts[1].RequestNumber!, StringComparison.Ordinal)));

        Assert.Equal(CardState.Cancelled, Assert.Single(await mona.CardsAsync()).Parts[1].State);
    }
}
