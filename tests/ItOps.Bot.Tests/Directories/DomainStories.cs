using ItOps.Bot.Accounts;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.ActiveDirectory;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Directories;

/// <summary>Whole conversations about a real domain: what people ask for happens there, and nothing else.</summary>
[Collection(DomainCollection.Name)]
public sealed class DomainStories(DomainStage stage)
{
    [Fact]
    public async Task Locked_asked_in_Slack_approved_in_Slack_unlocked_and_signed_in_again()
    {
        await stage.Domain.LockAsync("alice");
        Assert.Equal("775", await stage.Domain.SignInAsync("alice", SambaDomain.PeoplePassword));
        var before = await stage.Domain.VersionAsync("alice", "lockoutTime");
        await using var bot = await ConnectedBot.StartAsync(more: stage.Settings());
        var alice = bot.InSlack("alice");
        var omar = bot.InSlack("omar");

        await alice.Says("i cant log in, think im locked out");
        await alice.Sees("locked since");
        await omar.SeesApproval("Unlock alice in Active Directory");
        await Task.WhenAll(omar.Approves(), omar.Approves());

        await alice.Sees("You're unlocked");
        Assert.Equal(before + 1, await stage.Domain.VersionAsync("alice", "lockoutTime"));
        Assert.Equal("", await stage.Domain.SignInAsync("alice", SambaDomain.PeoplePassword));
        await alice.Taps("Yes");
        Assert.Equal(RequestStatus.Succeeded, (await bot.Bot.LastRequestAsync()).Status);
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_and_the_link_shows_the_one_that_works()
    {
        await using var bot = await stage.StartBotAsync();
        var (carol, omar) = (bot.Person("carol"), bot.Person("omar"));

        await carol.Says("i forgot my password, please reset it");
        await carol.IsSeenBy("sam");
        await omar.SeesApproval("Reset the password of carol in Active Directory");
        await omar.Approves();

        var password = (await carol.OpensLink()).Value.Value.Reveal();
        Assert.Equal("773", await stage.Domain.SignInAsync("carol", password));
        Assert.Equal("52e", await stage.Domain.SignInAsync("carol", SambaDomain.PeoplePassword));
        await stage.Domain.SetPasswordAsync("carol", "Her-own-choice-99");
        Assert.Equal("", await stage.Domain.SignInAsync("carol", "Her-own-choice-99"));
        Assert.Contains((await bot.AuditAsync("step.succeeded")).SelectMany(a => a.Facts), d => d.Value.Contains("a sign-in with the new password is accepted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Access_to_a_drive_is_decided_by_its_owner_and_gives_membership()
    {
        await using var bot = await stage.StartBotAsync();
        var (grace, bob) = (bot.Person("grace"), bot.Person("bob"));

        await grace.Says("I need access to G:");
        await grace.Taps("Read and change");
        await bob.SeesApproval("Add grace to Finance (write)");
        await bob.Approves();

        Assert.True(await stage.Domain.IsMemberAsync("Finance-Write", "grace"));
        Assert.Equal(1, await stage.Domain.MembershipVersionAsync("Finance-Write", "grace"));
        Assert.Equal(RequestStatus.Succeeded, (await bot.LastRequestAsync()).Status);
    }

    [Theory]
    [InlineData("dave")]
    [InlineData("primary")]
    public async Task Whoever_has_power_through_nested_groups_is_sent_to_a_person_and_nothing_happens(string name)
    {
        await using var bot = await stage.StartBotAsync();
        var before = await stage.Domain.VersionAsync(name, "unicodePwd");

        await bot.Person(name).Says("i forgot my password, please reset it");

        await bot.Person("omar").SeesNoApproval();
        Assert.Equal(before, await stage.Domain.VersionAsync(name, "unicodePwd"));
        Assert.Equal("", await stage.Domain.SignInAsync(name, SambaDomain.PeoplePassword));
    }

    [Fact]
    public async Task Power_that_came_after_the_approval_was_asked_for_stops_the_run()
    {
        await using var bot = await stage.StartBotAsync();
        var (zoe, omar) = (bot.Person("zoe"), bot.Person("omar"));
        await zoe.Says("i forgot my password, please reset it");
        await zoe.IsSeenBy("sam");
        await omar.SeesApproval("Reset the password of zoe");
        var before = await stage.Domain.VersionAsync("zoe", "unicodePwd");

        await stage.Domain.ChangeAsync($"dn: CN=Hidden-Power,{SambaDomain.Groups}\nchangetype: modify\nadd: member\nmember: CN=zoe,{SambaDomain.Staff}\n");
        await omar.Approves();
        await stage.Domain.ChangeAsync($"dn: CN=Hidden-Power,{SambaDomain.Groups}\nchangetype: modify\ndelete: member\nmember: CN=zoe,{SambaDomain.Staff}\n");

        Assert.Equal(before, await stage.Domain.VersionAsync("zoe", "unicodePwd"));
        Assert.NotEqual(RequestStatus.Succeeded, (await bot.LastRequestAsync()).Status);
    }

    [Fact]
    public async Task Whoever_loses_the_group_between_the_card_and_the_press_decides_nothing()
    {
        await stage.Domain.LockAsync("zoe");
        await using var bot = await stage.StartBotAsync();
        var (zoe, omar) = (bot.Person("zoe"), bot.Person("omar"));
        await zoe.Says("im locked out");
        await omar.SeesApproval("Unlock zoe");

        await stage.Domain.ChangeAsync($"dn: CN=it-approvers,{SambaDomain.Policies}\nchangetype: modify\ndelete: member\nmember: CN=omar,{SambaDomain.Staff}\n");
        var pressed = await omar.Approves();
        await stage.Domain.ChangeAsync($"dn: CN=it-approvers,{SambaDomain.Policies}\nchangetype: modify\nadd: member\nmember: CN=omar,{SambaDomain.Staff}\n");

        Assert.NotEqual(Approvals.DecidedKind.Counted, pressed.Kind);
        Assert.Equal("775", await stage.Domain.SignInAsync("zoe", SambaDomain.PeoplePassword));
        await bot.Person("sam").Approves();
        Assert.Equal("", await stage.Domain.SignInAsync("zoe", SambaDomain.PeoplePassword));
    }

    [Fact]
    public async Task While_no_domain_controller_answers_nothing_is_promised()
    {
        await using var relay = new LdapRelay(stage.Domain.Address, 636);
        await using var bot = await stage.StartBotAsync(null, ("Executors:ActiveDirectory:Servers:0", $"127.0.0.1:{relay.Port}"));
        relay.GoDown();

        await bot.Person("alice").Says("im locked out");

        relay.Mend();
        Assert.Empty(await bot.PendingApprovalsAsync());
        await bot.Person("alice").Says("status");
    }
}
