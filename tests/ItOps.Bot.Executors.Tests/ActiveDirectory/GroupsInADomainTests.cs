using ItOps.Bot.Accounts;
using ItOps.Bot.Testing.ActiveDirectory;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>Groups and who is in them, in a real domain.</summary>
public sealed class GroupsInADomainTests(SambaFixture samba) : SambaTest(samba)
{
    [Fact]
    public async Task What_may_be_asked_for_is_what_the_settings_name_with_its_owner()
    {
        var group = Assert.Single(await Directory.GroupsAsync(Now));

        Assert.Equal(("Finance-Write", "The finance drive", false), (group.Name, group.Description, group.IsPrivileged));
        Assert.Equal(("shared-drive", "Finance", "write"), (group.Resource!.Type, group.Resource.Name, group.Resource.Permission));
        Assert.Equal(["G:"], group.Resource.Aliases);
        Assert.Equal(await Domain.GuidAsync("bob"), Assert.Single(group.Owners).Value);
    }

    [Fact]
    public async Task Somebody_is_put_in_once_and_taken_out_once()
    {
        var (group, account) = (await GroupAsync("Finance-Write"), await IdAsync("grace"));

        Assert.Null((await Directory.AddMemberAsync(group, account, Now)).Problem);
        Assert.Null((await Directory.AddMemberAsync(group, account, Now)).Problem);

        Assert.True(await Domain.IsMemberAsync("Finance-Write", "grace"));
        Assert.Equal(1, await Domain.MembershipVersionAsync("Finance-Write", "grace"));
        Assert.True(await Directory.IsMemberAsync(group, account, direct: true, Now));

        Assert.Null((await Directory.RemoveMemberAsync(group, account, Now)).Problem);
        Assert.Null((await Directory.RemoveMemberAsync(group, account, Now)).Problem);

        Assert.False(await Domain.IsMemberAsync("Finance-Write", "grace"));
        Assert.Equal(2, await Domain.MembershipVersionAsync("Finance-Write", "grace"));
        Assert.False(await Directory.IsMemberAsync(group, account, direct: false, Now));
    }

    [Fact]
    public async Task Membership_through_another_group_and_by_primary_group_is_membership()
    {
        var (tier, power) = (await GroupAsync("it-approvers"), await GroupAsync("Domain Admins"));

        Assert.True(await Directory.IsMemberAsync(tier, await IdAsync("sam"), direct: false, Now));
        Assert.False(await Directory.IsMemberAsync(tier, await IdAsync("sam"), direct: true, Now));
        Assert.True(await Directory.IsMemberAsync(power, await IdAsync("primary"), direct: true, Now));
        Assert.False(await Directory.IsMemberAsync(power, await IdAsync("alice"), direct: false, Now));
    }

    [Theory]
    [InlineData("Finance-Write", false)]
    [InlineData("Finance-Team", false)]
    [InlineData("Domain Admins", true)]
    [InlineData("Administrators", true)]
    [InlineData("Tier0", true)]
    [InlineData("Hidden-Power", true)]
    [InlineData("Night-Shift", true)]
    [InlineData("it-approvers", true)]
    [InlineData("Helpdesk", true)]
    public async Task A_group_that_has_power_leads_to_it_or_decides_is_privileged(string group, bool isPrivileged)
    {
        Assert.Equal(isPrivileged, (await Directory.ReadGroupAsync(await GroupAsync(group), Now))!.IsPrivileged);
    }

    [Fact]
    public async Task While_a_configured_privileged_group_is_not_there_everybody_counts_as_privileged()
    {
        using var mistaken = Samba.Connect(("PrivilegedGroups:1", "Tier-0"));
        var directory = mistaken.GetRequiredService<AccountDirectories>().Find("active-directory")!;

        Assert.True((await directory.ReadAsync(await IdAsync("alice"), Now))!.IsPrivileged);
        Assert.True((await directory.ReadGroupAsync(await GroupAsync("Finance-Write"), Now))!.IsPrivileged);
    }

    [Fact]
    public async Task A_group_that_the_bot_may_not_change_stays_as_it_is()
    {
        var added = await Directory.AddMemberAsync(await GroupAsync("security"), await IdAsync("alice"), Now);

        Assert.Equal(ProblemCode.PolicyRefused, added.Problem?.Code);
        Assert.Contains("lacks the right", added.Problem!.Detail, StringComparison.Ordinal);
        Assert.False(await Domain.IsMemberAsync("security", "alice"));
    }

    [Fact]
    public async Task A_group_or_account_that_is_not_there_is_named()
    {
        var nobody = new AccountId("active-directory", "7b1f6c52-8f5c-4f0e-9c38-1f5f0d5b6a11");
        var nothing = new GroupId("active-directory", nobody.ObjectId);

        Assert.Equal(ProblemCode.NoSuchAccount, (await Directory.AddMemberAsync(await GroupAsync("Finance-Write"), nobody, Now)).Problem?.Code);
        Assert.Equal(ProblemCode.NoSuchGroup, (await Directory.AddMemberAsync(nothing, await IdAsync("alice"), Now)).Problem?.Code);
        Assert.Null(await Directory.ReadGroupAsync(nothing, Now));
        Assert.Null(await Directory.ReadGroupAsync(new("active-directory", (await IdAsync("alice")).ObjectId), Now));
        Assert.Null(await Directory.ReadAsync(new("active-directory", (await GroupAsync("Tier0")).ObjectId), Now));
    }
}
