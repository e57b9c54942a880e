using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Who approves a new password types the account's name: on every surface, and nothing else will do.</summary>
public sealed class TypedConfirmationStories
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("bob")]
    [InlineData("alic")]
    [InlineData("alice.")]
    [InlineData("alice alice")]
    [InlineData("\u0430lice")]
    [InlineData("al\u0131ce")]
    public async Task Whoever_types_anything_else_has_approved_nothing_and_reads_what_to_type(string? typed)
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAPasswordAsync();
        var omar = bot.Person("omar");
        Assert.Equal("alice", (await omar.SeesApproval("Reset the password of alice")).TypeToConfirm);

        var decided = await omar.ApprovesTyping(typed);

        Assert.Equal((DecidedKind.Refused, ProblemCode.NotTyped), (decided.Kind, decided.Problem?.Code));
        Assert.Contains("type alice", decided.Text, StringComparison.Ordinal);
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        Assert.Empty(Assert.Single(await bot.PendingApprovalsAsync()).Votes);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("ALICE")]
    [InlineData("  alice ")]
    public async Task The_name_in_any_case_approves_and_is_not_kept(string typed)
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAPasswordAsync();

        Assert.Equal(DecidedKind.Counted, (await bot.Person("omar").ApprovesTyping(typed)).Kind);

        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice"));
        var vote = Assert.Single(Assert.Single(await bot.ApprovalsAsync(request.Id), a => a.Purpose == ApprovalPurpose.Change).Votes);
        Assert.Null(vote.Note);
    }

    [Fact]
    public async Task To_deny_or_to_ask_nothing_has_to_be_typed_and_neither_to_unlock()
    {
        await using var bot = await BotHost.StartAsync();
        var omar = bot.Person("omar");
        await bot.AliceAsksForAPasswordAsync();
        Assert.Equal(DecidedKind.Asked, (await omar.Asks("Why?")).Kind);
        Assert.Equal(DecidedKind.Counted, (await omar.Denies("no")).Kind);

        await bot.AliceAsksForAnUnlockAsync();
        Assert.Null((await omar.SeesApproval("Unlock alice")).TypeToConfirm);
        Assert.Equal(DecidedKind.Counted, (await omar.ApprovesTyping(null)).Kind);
    }

    [Fact]
    public async Task In_Slack_approve_opens_a_form_and_only_the_right_name_counts()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, omar) = (bot.InSlack("alice"), bot.InSlack("omar"));
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Taps("Ask Mona");
        await bot.InConsole("mona").Approves();
        await omar.SeesApproval("Reset the password of alice");

        await omar.ApprovesTyping("bob");
        await omar.Sees("To approve it, type alice");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());

        await omar.Approves();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice"));
    }

    [Fact]
    public async Task In_Teams_the_form_stands_under_approve_and_a_wrong_name_leaves_it_there()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = await bot.InTeamsAsync("alice");
        var omar = await bot.InTeamsAsync("omar");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Taps("Ask Mona");
        await bot.InConsole("mona").Approves();
        var card = await omar.SeesApproval("Reset the password of alice");
        Assert.Equal("alice", card.NameToType);

        var answer = await omar.ApprovesTyping("bob");
        Assert.Contains("type alice", answer.Card!.Text, StringComparison.Ordinal);
        Assert.Contains(answer.Card.Buttons, b => b.Verb == "approve");
        await omar.ApprovesTyping(null);
        await omar.TapsInAnOldClient(omar.Chat.Posted[^1], card.Buttons.First(b => b.Verb == "approve"));
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());

        await omar.SeesApproval("Reset the password of alice");
        await omar.Approves();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice"));
    }

    [Fact]
    public async Task Who_may_not_approve_learns_nothing_by_typing_the_right_name()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.AliceAsksForAPasswordAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());

        Assert.Equal(ProblemCode.ApproverIsRequester, (await bot.Person("alice").Presses(open.Id, Verdict.Approve)).Problem?.Code);
        Assert.Equal(Words.English.DecisionRefused(ProblemCode.NotAnApprover), (await bot.Person("eve").Presses(open.Id, Verdict.Approve)).Text);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }
}
