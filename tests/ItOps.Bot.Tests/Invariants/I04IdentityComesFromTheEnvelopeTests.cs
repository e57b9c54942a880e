using ItOps.Bot.Approvals;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I4: identity, tenant and team come from the authenticated envelope; a card's value is one opaque id that means something in one place only.</summary>
public sealed class I04IdentityComesFromTheEnvelopeTests
{
    [Fact]
    public async Task A_tap_of_somebody_else_in_a_conversation_does_not_act_in_it()
    {
        await using var bot = await BotHost.StartAsync();
        var (alice, eve) = (bot.Person("alice"), bot.Person("eve"));
        await alice.Says("im locked out");
        var choice = await alice.ChoiceAsync("alice in Directory");

        await eve.AcceptAsync(new ChoiceTurn(eve.NewId(), eve.Identity, alice.Conversation, bot.Time.GetUtcNow(), choice.Id));

        Assert.Empty(await bot.RequestsAsync());
        Assert.Contains("identity.refused", await bot.AuditedAsync());
        await alice.Taps("alice in Directory");
        var request = Assert.Single(await bot.RequestsAsync());
        Assert.Equal("P1001", request.Requester.Value);
    }

    [Fact]
    public async Task Words_of_somebody_else_in_a_conversation_are_not_its_owners()
    {
        await using var bot = await BotHost.StartAsync();
        var (alice, eve) = (bot.Person("alice"), bot.Person("eve"));
        var request = await bot.AliceAsksForAnUnlockAsync();

        foreach (var text in new[] { "cancel", "human please", "status", "same for eve", "yes", "and reset the password too" })
            await eve.AcceptAsync(new MessageTurn(eve.NewId(), eve.Identity, alice.Conversation, bot.Time.GetUtcNow(), text));

        Assert.Single(await bot.RequestsAsync());
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        Assert.DoesNotContain(await alice.RepliesAsync(), r => r.Text.Replace(request.Id, "", StringComparison.OrdinalIgnoreCase).Contains("eve", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Somebody_elses_button_means_nothing_in_ones_own_conversation()
    {
        await using var bot = await BotHost.StartAsync();
        var (alice, eve) = (bot.Person("alice"), bot.Person("eve"));
        await alice.Says("reset my password");
        var choice = await alice.ChoiceAsync("alice in Directory");
        await eve.Says("hello");

        await eve.AcceptAsync(new ChoiceTurn(eve.NewId(), eve.Identity, eve.Conversation, bot.Time.GetUtcNow(), choice.Id));

        Assert.Empty(await bot.RequestsAsync());
        Assert.Equal(1, await eve.TimesSeen(Replies.Words.English.QuestionIsClosed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("alice in Directory")]
    [InlineData("{\"$type\":\"picked\",\"RunbookId\":\"password_reset\"}")]
    [InlineData("' OR 1=1 --")]
    [InlineData("../../requests")]
    public async Task A_forged_choice_does_nothing(string forged)
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("reset my password");

        await alice.AcceptAsync(new ChoiceTurn(alice.NewId(), alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), forged));

        Assert.Empty(await bot.RequestsAsync());
        Assert.Equal(1, await alice.TimesSeen(Replies.Words.English.QuestionIsClosed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-an-approval")]
    [InlineData("' OR status='Pending' --")]
    public async Task A_forged_approval_id_decides_nothing(string forged)
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();
        var omar = bot.Person("omar");

        await omar.AcceptAsync(new DecisionTurn(omar.NewId(), omar.Identity, omar.Conversation, bot.Time.GetUtcNow(), forged, Verdict.Approve, null));
        await omar.AcceptAsync(new DecisionTurn(omar.NewId(), omar.Identity, omar.Conversation, bot.Time.GetUtcNow(), request.Id, Verdict.Approve, null));

        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
    }

    [Theory]
    [InlineData("console", "sandbox", "mallory")]
    [InlineData("console", "elsewhere", "alice")]
    [InlineData("console", "", "alice")]
    [InlineData("console", "sandbox", "ALICE")]
    [InlineData("console", "sandbox", "Alice Arden")]
    [InlineData("console", "sandbox", "P1001")]
    [InlineData("slack", "T0OTHER", "U0ALICE")]
    [InlineData("slack", "T0LAB", "u0alice")]
    [InlineData("teams", "T0LAB", "U0ALICE")]
    [InlineData("bot", "", "bot")]
    public async Task An_identity_that_is_bound_to_nobody_gets_nothing_but_a_refusal(string channel, string tenant, string user)
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        var turn = new MessageTurn(alice.NewId(), new(channel, tenant, user), new("console", "somewhere"), bot.Time.GetUtcNow(), "reset my password");

        await alice.AcceptAsync(turn);

        Assert.Empty(await bot.RequestsAsync());
        var refusal = Assert.Single(await bot.Services.GetRequiredService<Auditing.IAuditLog>().SearchAsync("identity.refused", 10, CancellationToken.None));
        Assert.Equal("UnknownPerson", refusal.Entry.Facts["why"]);
    }

    [Fact]
    public async Task An_identity_that_is_bound_to_two_people_is_refused_for_both()
    {
        var people = new ChangingPeople();
        await using var bot = await BotHost.StartAsync(people.Watch);
        var alice = bot.Person("alice");
        people.AlsoBound[alice.Identity] = "P1006";

        await alice.Says("reset my password");

        Assert.Empty(await bot.RequestsAsync());
        await alice.Sees("I don't know you here");
        await Assert.ThrowsAsync<InvalidOperationException>(alice.PrincipalAsync);
    }

    [Fact]
    public async Task News_of_a_request_cannot_be_made_up_from_outside_to_act_for_its_requester()
    {
        await using var bot = await BotHost.StartAsync();
        var (alice, eve) = (bot.Person("alice"), bot.Person("eve"));
        var request = await bot.AliceAsksForAnUnlockAsync();
        await eve.Says("hello");

        // Even if a channel passed such a turn on: it names a request, and brings no rights into another conversation.
        await eve.AcceptAsync(new RequestTurn("made-up", eve.Conversation, bot.Time.GetUtcNow(), request.Id, RequestEvent.Succeeded));

        Assert.DoesNotContain(await eve.RepliesAsync(), r => r.Text.Contains("unlocked", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal(0, await alice.TimesSeen("Did that help?"));
    }

    [Fact]
    public async Task What_a_button_carries_is_an_opaque_id()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.AliceAsksForAnUnlockAsync();
        var choices = (await bot.Person("alice").RepliesAsync()).SelectMany(r => r.Choices).ToList();
        var card = await bot.Person("omar").SeesApproval("Unlock alice");

        Assert.NotEmpty(choices);
        Assert.All(choices.Select(c => c.Id).Append(card.ApprovalId!), id => Assert.Matches("^[0-9a-f]{32}$", id));
    }
}
