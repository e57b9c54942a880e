using ItOps.Bot.Approvals;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>A person takes over: who has it, words both ways, and whose word ends it.</summary>
public sealed class HandOffStories
{
    [Fact]
    public async Task Two_claim_at_once_and_one_has_it_while_the_other_learns_who()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        var (omar, sam) = (bot.Person("omar"), bot.Person("sam"));

        var pressed = await Task.WhenAll(omar.PressesWithoutWaiting(handOff.Id, Verdict.Claim), sam.PressesWithoutWaiting(handOff.Id, Verdict.Claim));
        await bot.SettleAsync();

        var holder = (await HandOffAsync(bot)).Holder!;
        Assert.Equal([DecidedKind.Counted, DecidedKind.AlreadyDecided], pressed.Select(p => p.Kind).Order());
        Assert.Contains($"{holder.Name} has it", pressed.Single(p => p.Kind == DecidedKind.AlreadyDecided).Text, StringComparison.Ordinal);
        Assert.Single(await bot.AuditAsync("handoff.claimed"));
        Assert.Equal(1, await bot.Person("alice").TimesSeen($"{holder.Name} has {handOff.Number} now"));
    }

    [Fact]
    public async Task Every_copy_of_the_card_says_who_has_it_and_the_one_who_asked_is_told()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        var (omar, sam) = (bot.Person("omar"), bot.Person("sam"));
        Assert.All([Assert.Single(await omar.CardsAsync()), Assert.Single(await sam.CardsAsync())], c => Assert.Equal("Nobody has it yet", c.StateText));

        Assert.Equal(DecidedKind.Counted, (await omar.Presses(handOff.Id, Verdict.Claim)).Kind);

        Assert.All([Assert.Single(await omar.CardsAsync()), Assert.Single(await sam.CardsAsync())], c => Assert.Equal("Omar Haddad has it", c.StateText));
        await bot.Person("alice").Sees("Omar Haddad has " + handOff.Number + " now");
        await bot.Person("alice").Says("what's happening with my request?");
        await bot.Person("alice").Sees("Omar Haddad has it");
    }

    [Fact]
    public async Task Nobody_takes_their_own_and_nobody_from_outside_takes_anything()
    {
        await using var bot = await BotHost.StartAsync();
        var omar = bot.Person("omar");
        await omar.Says("talk to a person");
        var handOff = await HandOffAsync(bot);
        Assert.Empty(await omar.CardsAsync());

        var own = await omar.Presses(handOff.Id, Verdict.Claim);
        var eve = await bot.Person("eve").Presses(handOff.Id, Verdict.Claim);
        var words = await bot.Person("eve").Presses(handOff.Id, Verdict.Reply, "click http://evil.example");
        var forged = await bot.Person("sam").Presses("00000000000000000000000000000000", Verdict.Claim);

        Assert.Equal((DecidedKind.Refused, ProblemCode.ApproverIsRequester), (own.Kind, own.Problem?.Code));
        Assert.Equal([ProblemCode.NotAnApprover, ProblemCode.NotAnApprover, ProblemCode.NotAnApprover], new[] { eve, words, forged }.Select(d => d.Problem!.Code));
        Assert.Equal(["P1003", "eve", "eve"], (await bot.AuditAsync("handoff.refused")).Select(e => e.ActorName == "Omar Haddad" ? "P1003" : "eve").Order(StringComparer.Ordinal));
        Assert.Equal((HandOffStatus.Open, 0), ((await HandOffAsync(bot)).Status, (await HandOffAsync(bot)).Messages.Count));
        Assert.Equal(1, (await HandOffAsync(bot)).Version);
        await omar.DoesNotSee("evil.example");
    }

    [Fact]
    public async Task Whoever_left_the_group_since_can_do_nothing_with_the_card_they_still_have()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        await bot.Person("omar").Presses(handOff.Id, Verdict.Claim);

        var other = await bot.Person("ruth").Presses(handOff.Id, Verdict.TakeOver);

        Assert.Equal(ProblemCode.NotAnApprover, other.Problem?.Code);
        Assert.Equal("Omar Haddad", (await HandOffAsync(bot)).Holder?.Name);
    }

    [Fact]
    public async Task Words_go_both_ways_and_free_words_are_for_whoever_has_it()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));
        await alice.Says("it also smells a bit");
        await alice.Sees("I added that for whoever in IT takes it");
        await omar.Presses(handOff.Id, Verdict.Claim);

        Assert.Equal(DecidedKind.Passed, (await omar.Presses(handOff.Id, Verdict.Reply, "Is it *plugged* in? <b>")).Kind);
        await alice.Sees("Omar Haddad from IT: Is it *plugged* in? <b>");
        await alice.Says("yes");
        await alice.Sees("I passed that on to Omar Haddad");
        await alice.Says("thanks");

        handOff = await HandOffAsync(bot);
        Assert.Equal(["it also smells a bit", "Is it *plugged* in? <b>", "yes", "thanks"], handOff.Messages.Select(m => m.Text));
        Assert.Equal(1, await omar.TimesSeen("Alice Arden on " + handOff.Number + ": yes"));
        var cards = await omar.CardsAsync();
        Assert.Equal("thanks", cards[^1].Facts[^1].Value);
        Assert.All(cards.SkipLast(1), c => Assert.Empty(c.Buttons));
        Assert.NotEmpty(cards[^1].Buttons);
    }

    [Fact]
    public async Task Only_whoever_has_it_answers_and_somebody_else_takes_it_over_first()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        var (alice, omar, sam) = (bot.Person("alice"), bot.Person("omar"), bot.Person("sam"));
        await omar.Presses(handOff.Id, Verdict.Reply, "I'm on it");
        Assert.Equal("Omar Haddad", (await HandOffAsync(bot)).Holder?.Name);

        var barged = await sam.Presses(handOff.Id, Verdict.Reply, "me too");
        Assert.Equal(DecidedKind.Refused, barged.Kind);
        Assert.Contains("Omar Haddad has it", barged.Text, StringComparison.Ordinal);
        Assert.Equal(DecidedKind.Counted, (await sam.Presses(handOff.Id, Verdict.TakeOver)).Kind);
        await sam.Presses(handOff.Id, Verdict.Reply, "now it's me");

        Assert.Equal(1, await alice.TimesSeen("Sam Okafor has " + handOff.Number));
        Assert.Equal(1, await alice.TimesSeen("Sam Okafor from IT: now it's me"));
        Assert.Equal(0, await alice.TimesSeen("me too"));
        Assert.Equal(1, await omar.TimesSeen("Sam Okafor took " + handOff.Number + " over from you"));
        Assert.Equal("Omar Haddad", Assert.Single(await bot.AuditAsync("handoff.taken-over")).Facts["from"]);
    }

    [Fact]
    public async Task What_IT_calls_solved_is_solved_when_the_person_says_so_and_goes_back_to_the_same_one_when_not()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));
        await omar.Presses(handOff.Id, Verdict.Claim);

        await omar.Presses(handOff.Id, Verdict.Resolve, "I swapped the cable");
        await alice.Sees("I swapped the cable");
        await alice.Sees("Did that help?");
        Assert.Equal((RequestStatus.HandedOff, null), ((await bot.LastRequestAsync()).Status, (await bot.LastRequestAsync()).Helped));
        await alice.Taps("No");
        await alice.Sees("Omar Haddad has it again");
        Assert.Equal((HandOffStatus.Claimed, false), ((await HandOffAsync(bot)).Status, (await bot.LastRequestAsync()).Helped));
        Assert.Equal(1, await omar.TimesSeen("is not solved. It is yours again"));

        await omar.Presses(handOff.Id, Verdict.Resolve);
        await alice.Says("it works now");
        await alice.Sees("closed this as resolved");
        Assert.Equal((RequestStatus.Succeeded, true), ((await bot.LastRequestAsync()).Status, (await bot.LastRequestAsync()).Helped));
        Assert.Equal(HandOffStatus.Confirmed, (await HandOffAsync(bot)).Status);
        Assert.All(await omar.CardsAsync(), c => Assert.Empty(c.Buttons));
        Assert.Equal(DecidedKind.AlreadyDecided, (await omar.Presses(handOff.Id, Verdict.Reply, "bye")).Kind);
    }

    [Fact]
    public async Task Silence_is_not_success()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        await bot.Person("omar").Presses(handOff.Id, Verdict.Resolve, "done");

        await bot.TimePassesAsync(TimeSpan.FromDays(10));

        Assert.Equal((RequestStatus.HandedOff, HandOffStatus.Resolved), ((await bot.LastRequestAsync()).Status, (await HandOffAsync(bot)).Status));
        await bot.Person("alice").Says("status");
        await bot.Person("alice").Sees("Omar Haddad says that it is solved");
    }

    [Fact]
    public async Task A_clearly_new_wish_begins_a_new_request_and_a_button_sends_it_on_after_all()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));
        await omar.Presses(handOff.Id, Verdict.Claim);

        await bot.TimePassesAsync(TimeSpan.FromMinutes(1));
        await alice.Says("vpn not connecting");
        await alice.Sees("I take that as something new");
        Assert.Empty((await HandOffAsync(bot, handOff.RequestId)).Messages);
        var opened = await bot.LastRequestAsync();
        Assert.NotEqual(handOff.RequestId, opened.Id);

        await alice.Taps("No, send it to Omar Haddad");
        await alice.Sees("I passed that on to Omar Haddad");
        Assert.Equal(["vpn not connecting"], (await HandOffAsync(bot, handOff.RequestId)).Messages.Select(m => m.Text));
        Assert.Equal(RequestStatus.Cancelled, (await bot.RequestAsync(opened.Id)).Status);
    }

    [Fact]
    public async Task A_reply_in_the_middle_of_something_else_waits_behind_a_button_and_the_other_thing_goes_on()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));
        await omar.Presses(handOff.Id, Verdict.Claim);
        await alice.Says("im locked out");
        await alice.Sees("Which account");

        await omar.Presses(handOff.Id, Verdict.Reply, "which room?");
        await alice.Sees("which room?");
        await alice.Taps("Answer");
        await alice.Says("room 4711");
        Assert.Equal("room 4711", (await HandOffAsync(bot, handOff.RequestId)).Messages[^1].Text);

        await alice.Taps("alice in Directory");
        await alice.Sees("I've asked IT");
    }

    [Fact]
    public async Task The_card_has_what_was_tried_and_reads_in_under_twelve_lines()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("vpn not connecting");
        await alice.Taps("No");
        await alice.Taps("That didn't work");
        await alice.Says("let me talk to someone");

        var card = Assert.Single(await bot.Person("omar").CardsAsync());

        Assert.Contains(card.Details, d => d.Label == "Tried, did not work");
        Assert.Contains(card.Facts, f => f.Value == "vpn not connecting");
        Assert.True(card.Facts.Count + card.Changes.Count + card.Steps.Count <= 9, string.Join('\n', card.Facts.Select(f => f.Label)));
        Assert.Equal([CardAction.Claim, CardAction.Reply, CardAction.Resolve], card.Buttons.Select(b => b.Action));
    }

    [Fact]
    public async Task A_member_claims_and_answers_in_Teams_and_the_person_reads_and_writes_in_Slack()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var omar = await bot.InTeamsAsync("omar");
        await alice.Says("talk to a person");
        await alice.Sees("A person in IT has this now");

        await omar.SeesCard("Talk to a person");
        await omar.Presses("claim");
        await alice.Sees("Omar Haddad has");
        await omar.SeesCard("Talk to a person");
        await omar.Presses("reply", "What do you see on the *screen*?");
        await alice.Sees("Omar Haddad from IT: What do you see on the *screen*?");
        await alice.Says("a blue one & no more");
        await alice.Sees("I passed that on to Omar Haddad");
        await omar.Sees("a blue one & no more");

        await omar.SeesCard("Talk to a person");
        await omar.Presses("resolve");
        await alice.Taps("Yes");
        await alice.Sees("closed this as resolved");
        Assert.Contains("Solved, they say", (await omar.SeesCard("Talk to a person")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_approvers_channel_of_Slack_it_stands_once_and_takes_presses_only_from_those_it_was_handed_to()
    {
        await using var bot = await ConnectedBot.StartAsync(more: new() { ["Channels:Slack:ApproverChannel"] = "C0APPROVE" });
        bot.Slack.AddChannel("C0APPROVE");
        var (alice, eve, omar) = (bot.InSlack("alice"), bot.InSlack("eve"), bot.InSlack("omar"));
        await alice.Says("talk to a person");
        var card = Assert.Single(bot.Slack.MessagesIn("C0APPROVE"));
        Assert.DoesNotContain(omar.Messages, m => m.Shown.Contains("Nobody has it yet", StringComparison.Ordinal));

        await eve.Presses(card, card.Buttons.Single(b => b.Label == "Claim"));
        await eve.Sees("This was not handed to you");
        await omar.Presses(card, card.Buttons.Single(b => b.Label == "Claim"));
        Assert.Contains("Omar Haddad has it", Assert.Single(bot.Slack.MessagesIn("C0APPROVE")).Shown, StringComparison.Ordinal);

        card = Assert.Single(bot.Slack.MessagesIn("C0APPROVE"));
        await omar.Presses(card, card.Buttons.Single(b => b.Label == "Reply"));
        await omar.Submits("Hello <@U0ALICE>");
        await alice.Sees("Omar Haddad from IT: Hello <@U0ALICE>");
        await omar.Presses(card, card.Buttons.Single(b => b.Label == "Resolve"));
        await omar.Submits(null);
        await alice.Sees("Did that help?");
        await alice.Taps("No");
        await omar.Sees("It is yours again");
    }

    [Fact]
    public async Task The_console_shows_what_waits_and_what_was_said_to_those_it_concerns()
    {
        await using var bot = await BotHost.StartAsync();
        var handOff = await AliceNeedsAPersonAsync(bot);
        var queue = bot.Services.GetRequiredService<HandOffQueue>();

        Assert.Equal([handOff.Id], (await queue.OpenForAsync(await bot.Person("omar").PrincipalAsync(), CancellationToken.None)).Select(i => i.HandOff.Id));
        Assert.Empty(await queue.OpenForAsync(await bot.Person("alice").PrincipalAsync(), CancellationToken.None));
        Assert.Empty((await queue.CardForAsync(await bot.Person("alice").PrincipalAsync(), handOff.Id, CancellationToken.None))!.Buttons);
    }

    [Theory]
    [InlineData("handoff.claimed", Verdict.Claim)]
    [InlineData("handoff.replied", Verdict.Reply)]
    [InlineData("handoff.resolved", Verdict.Resolve)]
    public async Task A_move_that_a_crash_cuts_happened_or_did_not_and_pressing_again_makes_one(string action, Verdict verdict)
    {
        foreach (var death in Enum.GetValues<Invariants.Setup.Death>())
        {
            var commits = new Invariants.Setup.WatchedCommits();
            await using var bot = await BotHost.StartAsync(commits.Watch);
            var handOff = await AliceNeedsAPersonAsync(bot);
            commits.DieAt(action, death);
            await Assert.ThrowsAnyAsync<Exception>(() => bot.Person("omar").PressesWithoutWaiting(handOff.Id, verdict, "words"));
            await bot.RestartAsync();
            if (death == Invariants.Setup.Death.BeforeStoring)
                await bot.Person("omar").Presses(handOff.Id, verdict, "words");

            Assert.Single(await bot.AuditAsync(action));
            Assert.Equal(1, await bot.Person("alice").TimesSeen(verdict switch { Verdict.Claim => "Omar Haddad has ", Verdict.Reply => "from IT: words", _ => "\"words\"" }));
        }
    }

    private static async Task<HandOffCase> AliceNeedsAPersonAsync(BotHost bot)
    {
        await bot.Person("alice").Says("talk to a person");
        return await HandOffAsync(bot);
    }

    private static async Task<HandOffCase> HandOffAsync(BotHost bot, string? requestId = null) =>
        (await bot.Services.GetRequiredService<IHandOffStore>().ForRequestAsync(requestId ?? (await bot.LastRequestAsync()).Id, CancellationToken.None))!;
}
