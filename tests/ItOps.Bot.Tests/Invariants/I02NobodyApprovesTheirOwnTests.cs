using ItOps.Bot.Approvals;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I2: an approver is neither requester nor target, compared as directory objects; a quorum counts people.</summary>
public sealed class I02NobodyApprovesTheirOwnTests
{
    private static readonly ChannelIdentity OmarInSlack = new("slack", "T0LAB", "U0OMAR");

    [Fact]
    public async Task A_requester_who_may_approve_others_may_not_approve_this()
    {
        await using var bot = await BotHost.StartAsync();
        var omar = bot.Person("omar");
        await bot.Sandbox.GetsLockedAsync("omar");
        await omar.Says("im locked out");
        var open = Assert.Single(await bot.PendingApprovalsAsync());
        await omar.SeesNoApproval();

        var here = await omar.Presses(open.Id, Verdict.Approve);
        var there = await bot.PressesAsync(OmarInSlack, open.Id, Verdict.Approve);

        Assert.All([here, there], d => Assert.Equal((DecidedKind.Refused, ProblemCode.ApproverIsRequester), (d.Kind, d.Problem!.Code)));
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(2, (await bot.AuditedAsync()).Count(a => a == "approval.refused"));
    }

    [Fact]
    public async Task The_target_of_a_request_may_not_approve_it_on_any_channel()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(groups: ["it-approvers", "auditors"])));
        await bot.Person("sam").Says("reset the password of omar");
        await bot.Person("omar").SeesApproval("Reset the password of omar");
        await bot.Person("omar").Approves();
        var change = Assert.Single(await bot.PendingApprovalsAsync());
        Assert.Equal(ApprovalPurpose.Change, change.Purpose);

        var here = await bot.Person("omar").Presses(change.Id, Verdict.Approve);
        var there = await bot.PressesAsync(OmarInSlack, change.Id, Verdict.Approve);
        var requester = await bot.Person("sam").Presses(change.Id, Verdict.Approve);

        Assert.All([here, there], d => Assert.Equal(ProblemCode.ApproverIsTarget, d.Problem!.Code));
        Assert.Equal(ProblemCode.ApproverIsRequester, requester.Problem!.Code);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());

        Assert.Equal(DecidedKind.Counted, (await bot.Person("ruth").Presses(change.Id, Verdict.Approve)).Kind);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "omar"));
    }

    [Fact]
    public async Task What_only_requester_and_target_could_approve_is_refused_before_anybody_is_asked()
    {
        await using var bot = await BotHost.StartAsync();

        await bot.Person("sam").Says("reset the password of omar");

        await bot.Person("sam").Sees(Replies.Words.English.Refusal(ProblemCode.NoApprover, null));
        Assert.Empty(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task When_the_last_approver_leaves_while_the_target_confirms_a_human_takes_over_and_the_requester_hears_of_it()
    {
        var people = new ChangingPeople();
        await using var bot = await BotHost.StartAsync(s =>
        {
            people.Watch(s);
            s.AddSingleton(Policies.Of(groups: ["it-approvers", "auditors"]));
        });
        await bot.Person("sam").Says("reset the password of omar");
        var attestation = Assert.Single(await bot.PendingApprovalsAsync());
        people.Left.Add(("P1005", "auditors"));

        var confirmed = await bot.Person("omar").Presses(attestation.Id, Verdict.Approve);

        Assert.Equal(DecidedKind.Counted, confirmed.Kind);
        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
        Assert.Equal(1, await bot.Person("sam").TimesSeen(Replies.Words.English.Failed(null)));
    }

    [Fact]
    public async Task Two_channels_of_one_person_are_one_vote()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(quorum: 2)));
        var request = await bot.AliceAsksForAnUnlockAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());

        Assert.Equal(DecidedKind.Counted, (await bot.Person("omar").Presses(open.Id, Verdict.Approve)).Kind);
        Assert.Equal(DecidedKind.AlreadyDecided, (await bot.PressesAsync(OmarInSlack, open.Id, Verdict.Approve)).Kind);
        Assert.Equal(DecidedKind.AlreadyDecided, (await bot.PressesAsync(OmarInSlack, open.Id, Verdict.Deny)).Kind);
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());

        Assert.Equal(DecidedKind.Counted, (await bot.Person("sam").Presses(open.Id, Verdict.Approve)).Kind);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
    }

    [Fact]
    public async Task The_same_vote_written_twice_into_the_database_is_still_one_person()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(quorum: 2)));
        var request = await bot.AliceAsksForAnUnlockAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());
        await bot.Person("omar").Presses(open.Id, Verdict.Approve);

        await bot.TamperAsync(
            "UPDATE approvals SET status = 'Granted', body = json_set(body, '$.Status', 'Granted', '$.Votes[1]', json_extract(body, '$.Votes[0]')) WHERE id = $id",
            ("$id", open.Id));
        await bot.SetRequestAsync(request.Id, "$.Status", "Approved");
        await bot.TimePassesAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(RequestStatus.HandedOff, (await bot.RequestAsync(request.Id)).Status);
    }

    [Fact]
    public async Task Who_left_the_group_between_the_card_and_the_click_does_not_decide()
    {
        var people = new ChangingPeople();
        await using var bot = await BotHost.StartAsync(people.Watch);
        await bot.AliceAsksForAnUnlockAsync();
        await bot.Person("omar").SeesApproval("Unlock alice");
        var open = Assert.Single(await bot.PendingApprovalsAsync());

        people.Left.Add(("P1003", "it-approvers"));
        var late = await bot.Person("omar").Presses(open.Id, Verdict.Approve);

        Assert.Equal((DecidedKind.Refused, ProblemCode.NotAnApprover), (late.Kind, late.Problem!.Code));
        await bot.Person("omar").SeesNoApproval();
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task A_member_through_a_nested_group_decides_and_stops_deciding_with_it()
    {
        var people = new ChangingPeople();
        await using var bot = await BotHost.StartAsync(people.Watch);
        await bot.AliceAsksForAnUnlockAsync();
        await bot.Person("sam").SeesApproval("Unlock alice");
        var open = Assert.Single(await bot.PendingApprovalsAsync());

        people.Left.Add(("P1004", "it-approvers"));
        Assert.Equal(DecidedKind.Refused, (await bot.Person("sam").Presses(open.Id, Verdict.Approve)).Kind);
        people.Left.Clear();
        Assert.Equal(DecidedKind.Counted, (await bot.Person("sam").Presses(open.Id, Verdict.Approve)).Kind);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
    }

    [Theory]
    [InlineData("eve")]
    [InlineData("bob")]
    [InlineData("ruth")]
    [InlineData("mona")]
    [InlineData("carl")]
    public async Task Whoever_is_not_among_the_deciders_learns_nothing_from_a_click(string name)
    {
        await using var bot = await BotHost.StartAsync();
        await bot.AliceAsksForAnUnlockAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());

        var pending = await bot.Person(name).Presses(open.Id, Verdict.Approve);
        var missing = await bot.Person(name).Presses("0123456789abcdef0123456789abcdef", Verdict.Approve);
        await bot.Person("omar").Approves();
        var decided = await bot.Person(name).Presses(open.Id, Verdict.Deny);

        Assert.Single(new[] { pending, missing, decided }.Select(d => (d.Kind, d.Text)).Distinct());
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
    }
}
