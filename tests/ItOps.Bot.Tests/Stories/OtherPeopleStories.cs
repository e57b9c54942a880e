using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Asking for somebody else: who may, who must be asked, and what nobody learns on the way.</summary>
public sealed class OtherPeopleStories
{
    [Fact]
    public async Task Nobody_resets_a_colleagues_password_but_may_let_them_know()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        var bob = bot.Person("bob");

        await alice.Says("please reset bob's password");

        await alice.Sees("I can only do that for the person themselves.");
        Assert.Equal(["Let them know", "Ask their manager", "Talk to a person"], await alice.ButtonsAsync());
        await alice.DoesNotSee("Directory");
        await alice.DoesNotSee("locked");
        Assert.Empty(await bot.PendingApprovalsAsync());
        var refusal = Assert.Single(await bot.AuditAsync("request.refused"));
        Assert.Equal((nameof(ProblemCode.NotYours), "P1001"), (refusal.Facts["why"], refusal.Actor));

        await alice.Taps("Let them know");
        await alice.Sees("I've passed that on.");
        await bob.Sees("Alice Arden asked me for this on your behalf: \"Reset a password\".");
        Assert.Single(await bot.AuditAsync("person.told"));
    }

    [Fact]
    public async Task For_several_people_at_once_it_is_asked_whom_to_begin_with_and_never_done_for_the_sender()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");

        await eve.Says("mona and bob need read access to the marketing share");

        Assert.Equal(["Mona Petrov", "Bob Brandt"], await eve.ButtonsAsync());
        Assert.Empty(await bot.PendingApprovalsAsync());
        await eve.Taps("Bob Brandt");
        Assert.Equal("P1002", Assert.Single((await bot.LastRequestAsync()).Plan!.TargetOwners).Value);
    }

    [Theory]
    [InlineData("bob and eve are locked out")]
    [InlineData("bob and eve forgot their password")]
    [InlineData("unlock the account of Alex Kim")]
    public async Task Whoever_may_not_ask_for_others_is_offered_none_of_them(string text)
    {
        await using var bot = await BotHost.StartAsync();
        var mona = bot.Person("mona");

        await mona.Says(text);

        await mona.Sees("I can only do that for the person themselves.");
        Assert.Equal(["Talk to a person"], await mona.ButtonsAsync());
        Assert.Empty(await mona.RequestsAsync());
    }

    [Fact]
    public async Task The_right_to_ask_for_others_is_looked_at_again_when_one_of_them_is_tapped()
    {
        var people = new ChangingPeople();
        await using var bot = await BotHost.StartAsync(people.Watch);
        var omar = bot.Person("omar");
        await omar.Says("bob and eve are locked out");
        Assert.Equal(["Bob Brandt", "Eve Moreau"], await omar.ButtonsAsync());

        people.Left.Add(("P1003", "it-approvers"));
        await omar.Taps("Bob Brandt");

        await omar.Sees("I can only do that for the person themselves.");
        Assert.Empty(await omar.RequestsAsync());
        Assert.Empty(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task An_answer_that_two_people_go_by_is_asked_about_once_more()
    {
        await using var bot = await BotHost.StartAsync();
        var ruth = bot.Person("ruth");
        await ruth.Says("zork needs read access to the finance share");

        await ruth.Says("Alex Kim");

        Assert.Equal(["Alex Kim", "Alex Kim"], await ruth.ButtonsAsync());
    }

    [Fact]
    public async Task A_colleagues_manager_can_be_asked_instead()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("please reset bob's password");

        await alice.Taps("Ask their manager");

        await bot.Person("mona").Sees("on behalf of Bob Brandt: \"Reset a password\"");
        Assert.Empty(await bot.Person("bob").RepliesAsync());
    }

    [Fact]
    public async Task What_alice_is_told_about_bob_does_not_depend_on_bobs_account()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.Sandbox.BecomesPrivilegedAsync("bob");
        var alice = bot.Person("alice");
        await alice.Says("please reset bob's password");
        var privileged = (await alice.LastReplyAsync()).Text;

        await alice.Says("please reset eve's password");

        Assert.Equal(privileged, (await alice.LastReplyAsync()).Text);
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("mona")]
    public async Task An_approver_asks_for_bob_and_bob_or_his_manager_confirms_before_another_approver_decides(string voucher)
    {
        await using var bot = await BotHost.StartAsync();
        var omar = bot.Person("omar");
        var sam = bot.Person("sam");
        var bob = bot.Person("bob");

        await omar.Says("reset password for bob, he's standing here");
        await omar.Taps("bob in Directory");
        await omar.Sees("I've asked Bob Brandt or Mona Petrov to confirm that this is wanted.");
        await sam.SeesNoApproval();
        await bot.Person(voucher).SeesApproval("Reset the password of bob");
        Assert.Equal(ProblemCode.ApproverIsRequester, (await omar.Approves()).Problem!.Code);

        await bot.Person(voucher).Approves();
        await omar.Sees("was confirmed. Now IT decides.");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        var card = await sam.SeesApproval("Reset the password of bob");
        Assert.Contains(card.Facts, f => (f.Label, f.Value) == (voucher == "bob" ? ("Confirmed by", "Bob Brandt, whose account it is") : ("Vouched for by", "Mona Petrov, the manager")));
        Assert.Equal(ProblemCode.ApproverIsRequester, (await omar.Approves()).Problem!.Code);
        Assert.Equal(ProblemCode.ApproverIsTarget, (await bob.Presses(card.ApprovalId!, Turns.Verdict.Approve)).Problem!.Code);
        await sam.Approves();

        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "bob"));
        await bob.Sees("Your password for bob in Directory was reset; Omar Haddad asked for it on your behalf.");
        Assert.Equal("Temporary password for bob in Directory", (await bob.OpensLink()).Value.Label);
        Assert.DoesNotContain(await omar.RepliesAsync(), r => r.Link is not null);
        await omar.Sees("Reset the password of bob in Directory: done, and checked.");
    }

    [Fact]
    public async Task When_bob_says_that_he_wants_no_such_thing_nothing_happens()
    {
        await using var bot = await BotHost.StartAsync();
        var omar = bot.Person("omar");
        await omar.Says("reset password for bob, he's standing here");
        await omar.Taps("bob in Directory");

        await bot.Person("bob").Denies("I'm at home");

        await omar.Sees("Bob Brandt decided against this one: \"I'm at home\".");
        Assert.Equal(RequestStatus.Denied, (await bot.LastRequestAsync()).Status);
        Assert.Empty(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task The_same_for_bob_is_a_second_request_with_its_own_approval_by_the_owner()
    {
        await using var bot = await BotHost.StartAsync();
        var ruth = bot.Person("ruth");
        var mona = bot.Person("mona");
        await ruth.Says("give me access to the finance share");
        await ruth.Sees("Is reading enough, or must files be changed too?");
        await ruth.Taps("Read only");
        await ruth.Sees("I've asked Mona Petrov to agree");

        await ruth.Says("same for bob");

        await ruth.DoesNotSee("Your account bob");
        await ruth.DoesNotSee("has no access");
        Assert.Equal(2, (await ruth.RequestsAsync()).Count);
        var forRuth = await mona.SeesApproval("Add ruth to Finance (read)");
        var forBob = await mona.SeesApproval("Add bob to Finance (read)");
        await mona.Presses(forBob.ApprovalId!, Turns.Verdict.Approve);
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "finance-read"));
        Assert.False(await bot.Sandbox.IsMemberAsync("ruth", "finance-read"));
        await mona.Presses(forRuth.ApprovalId!, Turns.Verdict.Approve);
        Assert.True(await bot.Sandbox.IsMemberAsync("ruth", "finance-read"));
    }

    [Fact]
    public async Task The_same_for_somebody_unknown_is_asked_about()
    {
        await using var bot = await BotHost.StartAsync();
        var ruth = bot.Person("ruth");
        await ruth.Says("give me access to the finance share");
        await ruth.Taps("Read only");

        await ruth.Says("same for zork");

        await ruth.Sees("I don't know anybody called \"zork\".");
        Assert.Single(await ruth.RequestsAsync());
    }

    [Fact]
    public async Task Two_people_of_one_name_are_told_apart_by_asking()
    {
        await using var bot = await BotHost.StartAsync();
        var ruth = bot.Person("ruth");

        await ruth.Says("please give Alex Kim read access to the finance share");

        Assert.Equal(["Alex Kim", "Alex Kim"], await ruth.ButtonsAsync());
        Assert.Equal(["Marketing", "Sales"], (await ruth.LastReplyAsync()).Choices.Select(c => c.Hint).Order(StringComparer.Ordinal));
    }
}
