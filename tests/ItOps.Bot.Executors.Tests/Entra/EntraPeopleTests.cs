using ItOps.Bot.People;
using ItOps.Bot.Testing.Entra;
using ItOps.Bot.Turns;
using static ItOps.Bot.Executors.Tests.Entra.EntraStage;

namespace ItOps.Bot.Executors.Tests.Entra;

/// <summary>The tenant as the source of people, and of what is theirs.</summary>
public sealed class EntraPeopleTests
{
    [Fact]
    public async Task A_Teams_account_is_the_person_of_the_same_id()
    {
        await using var stage = await StartAsync();
        var boss = stage.Tenant.AddUser("mona");
        var alice = stage.Tenant.AddUser("alice", u => u with { ManagerId = boss.Id, Department = "Sales" });

        var person = Assert.Single(await stage.People.FindByChannelAsync(new("teams", FakeGraph.Tenant, alice.Id), Token));

        Assert.Equal((alice.Id, "Alice Example", "Alice", "alice@contoso.example", "Sales", boss.Id), (person.Id.Value, person.DisplayName, person.GivenName, person.Email, person.Department, person.Manager?.Value));
        Assert.Equal(["alice@contoso.example", "Alice", "Alice Example", "alice"], person.Names);
        Assert.Equal([new ChannelIdentity("teams", FakeGraph.Tenant, alice.Id)], await stage.People.IdentitiesOfAsync(person.Id, Token));
        Assert.Empty(await stage.People.FindByChannelAsync(new("teams", "11111111-6f47-4d02-8c3a-71e2d94fb650", alice.Id), Token));
        Assert.Empty(await stage.People.FindByChannelAsync(new("slack", FakeGraph.Tenant, alice.Id), Token));
        Assert.Empty(await stage.People.FindByChannelAsync(new("teams", FakeGraph.Tenant, "alice@contoso.example"), Token));
    }

    [Fact]
    public async Task Who_left_and_who_is_a_guest_is_nobody()
    {
        await using var first = await StartAsync();
        var gone = first.Tenant.AddUser("gone", u => u with { AccountEnabled = false });
        var guest = first.Tenant.AddUser("guest", u => u with { UserType = "Guest" });
        var old = first.Tenant.AddUser("old", u => u with { UserType = null });
        var stage = first.With($"Groups:it-approvers={first.Tenant.AddGroup("approvers", gone.Id, guest.Id, old.Id).Id}");

        foreach (var nobody in new[] { gone, guest })
        {
            Assert.Null(await stage.People.FindAsync(new(nobody.Id), Token));
            Assert.Empty(await stage.People.FindByChannelAsync(new("teams", FakeGraph.Tenant, nobody.Id), Token));
            Assert.Empty(await stage.People.FindByNameAsync(nobody.DisplayName, Token));
            Assert.Empty(await stage.People.GroupsOfAsync(new(nobody.Id), Token));
        }

        Assert.Equal([old.Id], (await stage.People.MembersOfAsync("it-approvers", Token)).Select(p => p.Id.Value));
        Assert.Equal([old.Id], (await stage.People.AllAsync(Token)).Select(p => p.Id.Value));
    }

    [Fact]
    public async Task Names_are_compared_whole_and_look_alikes_are_others()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Tenant.AddUser("alicia");
        stage.Tenant.AddUser("fake", u => u with { DisplayName = "\u0410lice Example", GivenName = "Fake" });
        var second = stage.Tenant.AddUser("alice2", u => u with { GivenName = "Alice", DisplayName = "Alice Zimmer" });

        Assert.Equal([alice.Id, second.Id], (await stage.People.FindByNameAsync("ALICE", Token)).Select(p => p.Id.Value));
        Assert.Equal([alice.Id], (await stage.People.FindByNameAsync("alice example", Token)).Select(p => p.Id.Value));
        Assert.Empty(await stage.People.FindByNameAsync("Alic", Token));
    }

    [Fact]
    public async Task Groups_are_those_of_the_map_nested_ones_too_and_a_removal_counts_at_once()
    {
        await using var first = await StartAsync();
        var omar = first.Tenant.AddUser("omar");
        var inner = first.Tenant.AddGroup("helpdesk", omar.Id);
        var approvers = first.Tenant.AddGroup("GRP-IT-APPROVERS", inner.Id);
        first.Tenant.AddGroup("security", omar.Id);
        var stage = first.With($"Groups:it-approvers={approvers.Id}");
        stage.Graph.PageSize = 1;

        Assert.Equal(["it-approvers"], await stage.People.GroupsOfAsync(new(omar.Id), Token));
        Assert.Equal([omar.Id], (await stage.People.MembersOfAsync("it-approvers", Token)).Select(p => p.Id.Value));
        Assert.Empty(await stage.People.MembersOfAsync("security", Token));
        Assert.Empty(await stage.People.MembersOfAsync("GRP-IT-APPROVERS", Token));

        stage.Tenant.Put(inner with { Members = [] });
        Assert.Empty(await stage.People.GroupsOfAsync(new(omar.Id), Token));
        Assert.Empty(await stage.People.MembersOfAsync("it-approvers", Token));
    }

    /// <summary>Anybody may call a group so: two are none, and the map is what counts.</summary>
    [Fact]
    public async Task A_name_that_two_groups_have_is_nobody()
    {
        await using var first = await StartAsync();
        var (omar, eve) = (first.Tenant.AddUser("omar"), first.Tenant.AddUser("eve"));
        var real = first.Tenant.AddGroup("security", omar.Id);
        first.Tenant.AddGroup("lunch", omar.Id);
        var stage = first.With("GroupsByName=true");
        Assert.Equal(["lunch", "security"], (await stage.People.GroupsOfAsync(new(omar.Id), Token)).Order(StringComparer.Ordinal));
        Assert.Equal([omar.Id], (await stage.People.MembersOfAsync("security", Token)).Select(p => p.Id.Value));
        Assert.Empty(await stage.People.MembersOfAsync("Security", Token));

        stage.Tenant.AddGroup("Security", eve.Id);

        Assert.Equal(["lunch"], await stage.People.GroupsOfAsync(new(omar.Id), Token));
        Assert.Empty(await stage.People.GroupsOfAsync(new(eve.Id), Token));
        Assert.Empty(await stage.People.MembersOfAsync("security", Token));
        Assert.Contains(await stage.Check.ExamineAsync(Token), r => r.Problem?.StartsWith("2 groups are called security", StringComparison.Ordinal) == true);

        var mapped = stage.With("GroupsByName=true", $"Groups:security={real.Id}");
        Assert.Equal([omar.Id], (await mapped.People.MembersOfAsync("security", Token)).Select(p => p.Id.Value));
        Assert.Empty(await mapped.People.GroupsOfAsync(new(eve.Id), Token));
    }

    [Fact]
    public async Task Everybody_is_read_page_by_page()
    {
        await using var stage = await StartAsync();
        stage.Graph.PageSize = 7;
        for (var i = 0; i < 25; i++)
            stage.Tenant.AddUser($"user{i:D2}");

        Assert.Equal(25, (await stage.People.AllAsync(Token)).Count);
        Assert.Equal(4, stage.Graph.Requests.Count);
        Assert.DoesNotContain(stage.Graph.Requests, r => r.Contains("$count", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_that_is_synchronised_belongs_to_the_same_person_in_Active_Directory()
    {
        await using var stage = await StartAsync();
        var objectGuid = new Guid("fb3efb3e-0f0e-4bf8-beef-fffefdfcfbfa");
        var immutable = Convert.ToBase64String(objectGuid.ToByteArray());
        Assert.Contains('+', immutable);
        var hanna = stage.Tenant.AddUser("hanna", u => u with { OnPremisesSyncEnabled = true, OnPremisesImmutableId = immutable });
        stage.Tenant.AddUser("mallory", u => u with { OnPremisesImmutableId = immutable });

        Assert.Equal([objectGuid.ToString("D")], await stage.Owners.KeysOfAsync(new(hanna.Id), "active-directory", Token));
        Assert.Equal(new PersonId(hanna.Id), await stage.Owners.OwnerAsync("active-directory", [objectGuid.ToString("D")], Token));
        Assert.Null(await stage.Owners.OwnerAsync("active-directory", [Guid.Empty.ToString(), "hanna"], Token));
        Assert.Equal(new PersonId(hanna.Id), await stage.Owners.OwnerAsync("entra", [hanna.Id, hanna.UserPrincipalName], Token));
        Assert.Empty(await stage.Owners.KeysOfAsync(new(hanna.Id), "aws-iam", Token));
    }

    [Fact]
    public async Task Doctor_names_the_permission_that_is_missing()
    {
        await using var first = await StartAsync();
        var stage = first.With($"Groups:it-approvers={first.Tenant.AddGroup("approvers").Id}", $"Groups:security={Guid.Empty}", $"BreakGlass:0={Guid.Empty}");
        Assert.Contains(await stage.Check.ExamineAsync(Token), r => r is { What: "permissions", Problem: null });

        stage.Graph.Tokens.Granted.Remove("User-PasswordProfile.ReadWrite.All");
        stage.Graph.Tokens.Granted.Remove("User.RevokeSessions.All");
        var fresh = stage.With($"Groups:it-approvers={Guid.Empty}");
        var found = await fresh.Check.ExamineAsync(Token);

        Assert.Equal(
            ["User-PasswordProfile.ReadWrite.All is not granted", "User.RevokeSessions.All is not granted"],
            found.Where(r => r.What == "permission").Select(r => r.Problem!.Split(',')[0]));
        Assert.Contains(found, r => r.What == "policy group" && r.Problem?.Contains("security is nobody: set Executors:Entra:Groups:security", StringComparison.Ordinal) == true);
        Assert.Contains(found, r => r.What == "policy group" && r.Problem?.Contains("correct Executors:Entra:Groups:it-approvers", StringComparison.Ordinal) == true);
        Assert.Contains(await stage.Check.ExamineAsync(Token), r => r.What == "break-glass" && r.Problem is not null);

        stage.Graph.Tokens.Refuses = true;
        Assert.Contains("Executors:Entra:ClientSecret", Assert.Single(await stage.With().Check.ExamineAsync(Token)).Problem, StringComparison.Ordinal);
    }
}
