using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Testing.ActiveDirectory;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>Who works here, from a real domain.</summary>
public sealed class PeopleInADomainTests(SambaFixture samba) : SambaTest(samba)
{
    [Fact]
    public async Task A_person_is_their_user_with_names_department_and_manager()
    {
        var alice = (await People.FindAsync(await PersonAsync("alice"), Now))!;

        Assert.Equal(("Alice Example", "Alice", "alice@lab.example", "Finance", "alice"), (alice.DisplayName, alice.GivenName, alice.Email, alice.Department, alice.SignInName));
        Assert.Equal(await PersonAsync("bob"), alice.Manager);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("ALICE")]
    [InlineData("Alice Example")]
    [InlineData("alice@lab.example")]
    [InlineData("Alice")]
    public async Task Somebody_is_found_by_each_of_their_names(string name) =>
        Assert.Equal(await PersonAsync("alice"), Assert.Single(await People.FindByNameAsync(name, Now)).Id);

    [Theory]
    [InlineData("Zoë Müller")]
    [InlineData("Zoe\u0308 Mu\u0308ller")]
    [InlineData("zoe")]
    public async Task Marks_are_part_of_a_name_however_they_are_written(string name) =>
        Assert.Equal(await PersonAsync("zoe"), Assert.Single(await People.FindByNameAsync(name, Now)).Id);

    [Fact]
    public async Task Nobody_is_found_by_what_only_looks_like_a_name()
    {
        // Blanks and line ends around a name are no part of it.
        foreach (var name in HostileNames.All.Where(n => n.Trim() != "alice").Concat(["Zoe Muller", "Zo\u00eb Muller", "Аlice", "Alice  Example\0"]))
        {
            Assert.Empty(await People.FindByNameAsync(name, Now));
            Assert.Empty(await People.MembersOfAsync(name, Now));
            Assert.Null(await People.FindAsync(new(name), Now));
        }
    }

    [Fact]
    public async Task Whoever_may_not_sign_in_is_nobody_but_the_account_stays_theirs()
    {
        var gone = await PersonAsync("gone");

        Assert.Null(await People.FindAsync(gone, Now));
        Assert.Empty(await People.FindByNameAsync("gone", Now));
        Assert.Empty(await People.GroupsOfAsync(gone, Now));
        Assert.Equal(gone, (await ReadAsync("gone")).Owner);
    }

    [Fact]
    public async Task Groups_are_followed_through_nesting_at_the_moment_of_the_question()
    {
        Assert.Equal(["Omar Haddad", "Sam Okafor"], (await People.MembersOfAsync("it-approvers", Now)).Select(p => p.DisplayName));
        Assert.Equal(["Helpdesk", "it-approvers", "security"], (await People.GroupsOfAsync(await PersonAsync("sam"), Now)).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Empty(await People.GroupsOfAsync(await PersonAsync("carol"), Now));

        await Domain.ChangeAsync($"dn: CN=security,{SambaDomain.Policies}\nchangetype: modify\nadd: member\nmember: CN=grace,{SambaDomain.Staff}\n");
        Assert.Contains("security", await People.GroupsOfAsync(await PersonAsync("grace"), Now));
        await Domain.ChangeAsync($"dn: CN=security,{SambaDomain.Policies}\nchangetype: modify\ndelete: member\nmember: CN=grace,{SambaDomain.Staff}\n");
        Assert.Empty(await People.GroupsOfAsync(await PersonAsync("grace"), Now));
    }

    [Fact]
    public async Task A_group_elsewhere_in_the_domain_is_no_group_of_a_policy()
    {
        Assert.Empty(await People.MembersOfAsync("Finance-Write", Now));
        Assert.Empty(await People.MembersOfAsync("no-such-group", Now));
    }

    [Fact]
    public async Task Everybody_is_there_in_order_without_those_who_are_gone_or_elsewhere()
    {
        var all = (await People.AllAsync(Now)).Select(p => p.DisplayName).ToList();

        Assert.Contains("Alice Example", all);
        Assert.DoesNotContain("Gustav Gone", all);
        Assert.DoesNotContain("root-dave", all);
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
    }

    [Fact]
    public async Task A_person_and_their_account_are_one()
    {
        var account = Assert.Single((await Services.GetRequiredService<AccountDirectories>().AccountsOfAsync(await PersonAsync("alice"), Now)).Found);

        Assert.Equal(("alice", await Domain.GuidAsync("alice")), (account.Name, account.Id.ObjectId));
        Assert.Empty((await Services.GetRequiredService<AccountDirectories>().AccountsOfAsync(new("nobody"), Now)).Found);
    }

    private async Task<PersonId> PersonAsync(string account) => new(await Domain.GuidAsync(account));
}
