using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Jira;
using static ItOps.Bot.Executors.Tests.Jira.JiraStage;

namespace ItOps.Bot.Executors.Tests.Jira;

/// <summary>Whose an account of Jira is, which roles may be asked for, and how somebody gets one.</summary>
public sealed class JiraDirectoryTests
{
    private const string Admins = "10002";
    private const string Viewers = "10003";
    private const string Developers = "10004";

    [Fact]
    public async Task An_account_is_a_persons_by_the_operators_list_alone_unless_addresses_count()
    {
        await using var stage = await StartAsync();
        await using var matching = await StartAsync("MatchByEmail=true");
        foreach (var one in new[] { stage, matching })
        {
            one.People.Add("P1", "alice", "alice@contoso.example");
            one.People.Add("P2", "bob", "bob@contoso.example");
            var bob = one.Jira.Site.AddPerson("bob");
            one.Jira.Site.AddPerson("alice");
            one.Links[("jira", bob.AccountId)] = "P2";
            Assert.Equal(bob.AccountId, Assert.Single(await one.Directory.AccountsOfAsync(new("P2"), Token)).Id.ObjectId);
        }

        Assert.Empty(await stage.Directory.AccountsOfAsync(new("P1"), Token));
        Assert.Equal(new PersonId("P1"), Assert.Single(await matching.Directory.AccountsOfAsync(new("P1"), Token)).Owner);
    }

    [Theory]
    [InlineData("inactive")]
    [InlineData("app")]
    [InlineData("customer")]
    [InlineData("hidden address")]
    [InlineData("another address")]
    [InlineData("address of two people")]
    [InlineData("bound to somebody else")]
    public async Task An_address_that_is_not_beyond_doubt_finds_nothing(string why)
    {
        await using var stage = await StartAsync("MatchByEmail=true");
        stage.People.Add("P1", "alice", "alice@contoso.example");
        stage.People.Add("P2", "eve", why == "address of two people" ? "alice@contoso.example" : "eve@contoso.example");
        var account = stage.Jira.Site.AddPerson("alice", p => why switch
        {
            "inactive" => p with { Active = false },
            "app" or "customer" => p with { AccountType = why },
            "hidden address" => p with { HidesEmail = true },
            "another address" => p with { EmailAddress = "alice@contoso.example.evil.example" },
            _ => p,
        });
        if (why == "address of two people")
            stage.People.Bind(stage.People.Add("P3", "alice@contoso.example", "alice@contoso.example"), new("slack", "T", "U"));
        if (why == "bound to somebody else")
            stage.Links[("jira", account.AccountId)] = "P2";

        Assert.Empty(await stage.Directory.AccountsOfAsync(new("P1"), Token));
        if (why == "bound to somebody else")
            Assert.Empty(await stage.Directory.AccountsOfAsync(new("P2"), Token));
    }

    [Fact]
    public async Task An_account_says_what_it_is_worth()
    {
        await using var stage = await StartAsync();
        var site = stage.Jira.Site;
        var (alice, free, robot) = (site.AddPerson("alice"), site.AddPerson("free", p => p with { Licences = [] }), site.AddPerson("robot", p => p with { AccountType = "app", Licences = null }));
        var (root, sid, portal) = (site.AddPerson("root", p => p with { Groups = ["jira-admins-contoso"] }), site.AddPerson("sid", p => p with { Groups = ["Site-Admins"] }), site.AddPerson("portal", p => p with { AccountType = "customer" }));

        Assert.Equal(["licence: Jira Software"], (await stage.Directory.ReadAsync(Of(alice), Token))!.Remarks);
        Assert.Equal(["has no licence for Jira"], (await stage.Directory.ReadAsync(Of(free), Token))!.Remarks);
        Assert.Equal(AccountKind.Service, (await stage.Directory.ReadAsync(Of(robot), Token))!.Kind);
        Assert.True((await stage.Directory.ReadAsync(Of(root), Token))!.IsPrivileged);
        Assert.True((await stage.Directory.ReadAsync(Of(sid), Token))!.IsPrivileged);
        Assert.Equal(AccountAbilities.Membership, (await stage.Directory.ReadAsync(Of(portal), Token))!.Withheld);
        Assert.Equal(alice.AccountId, Assert.Single(await stage.Directory.FindByNameAsync("Alice@contoso.example", Token)).Id.ObjectId);
    }

    [Fact]
    public async Task What_cannot_be_seen_counts_as_power()
    {
        await using var stage = await StartAsync();
        var alice = stage.Jira.Site.AddPerson("alice");
        stage.Jira.Reads.Pass();
        stage.Jira.Reads.Refuse(403, "Forbidden", "You do not have permission.");

        Assert.True((await stage.Directory.ReadAsync(Of(alice), Token))!.IsPrivileged);
    }

    [Fact]
    public async Task The_roles_that_may_be_asked_for_are_read_page_by_page()
    {
        await using var stage = await StartAsync();
        var mona = stage.Jira.Site.AddPerson("mona");
        for (var i = 0; i < 60; i++)
            stage.Jira.Site.AddProject($"P{(char)('A' + (i / 26))}{(char)('A' + (i % 26))}", $"Project {i}", mona);

        var roles = await stage.Directory.GroupsAsync(Token);

        Assert.Equal(60 * 3, roles.Count);
        Assert.Equal(["PAA Administrators admin True", "PAA Developers developer False", "PAA Viewers read False"], roles.Take(3).Select(r => $"{r.Name} {r.Resource!.Permission} {r.IsPrivileged}"));
        Assert.Equal(("jira-project", "Project 0"), (roles[0].Resource!.Type, roles[0].Resource!.Name));
        Assert.Equal(["PAA"], roles[0].Resource!.Aliases);
        var asked = stage.Jira.Requests.Count;
        await stage.Directory.GroupsAsync(Token);
        Assert.Equal(asked, stage.Jira.Requests.Count);
        stage.Time.Advance(TimeSpan.FromMinutes(6));
        await stage.Directory.GroupsAsync(Token);
        Assert.True(stage.Jira.Requests.Count > asked);
    }

    [Fact]
    public async Task The_operator_says_which_projects_and_what_a_role_means()
    {
        await using var stage = await StartAsync("Projects:0=OPS", "Roles:read=Service Desk Team", "Roles:developer=");
        var mona = stage.Jira.Site.AddPerson("mona");
        var alice = stage.Jira.Site.AddPerson("alice");
        stage.Jira.Site.AddProject("OPS", "Operations", mona);
        stage.Jira.Site.AddProject("HR", "People", mona);

        Assert.Equal(["OPS Administrators admin", "OPS Service Desk Team read"], (await stage.Directory.GroupsAsync(Token)).Select(r => $"{r.Name} {r.Resource!.Permission}"));
        foreach (var closed in new[] { Role("HR", "10005"), Role("OPS", Developers) })
            Assert.Equal(ProblemCode.PolicyRefused, (await stage.Directory.AddMemberAsync(closed, Of(alice), Token)).Problem!.Code);
        Assert.Equal(ProblemCode.PrivilegedTarget, (await stage.Directory.AddMemberAsync(Role("OPS", Admins), Of(alice), Token)).Problem!.Code);
        Assert.Empty(stage.Jira.Site.Effects);
    }

    [Fact]
    public async Task The_lead_of_a_project_owns_its_roles()
    {
        await using var stage = await StartAsync();
        var mona = stage.Jira.Site.AddPerson("mona");
        stage.Jira.Site.AddProject("OPS", "Operations", mona);
        Assert.Empty((await stage.Directory.ReadGroupAsync(Role("OPS", Viewers), Token))!.Owners);
        stage.Links[("jira", mona.AccountId)] = "P7";

        Assert.Equal([new PersonId("P7")], (await stage.Directory.ReadGroupAsync(Role("OPS", Viewers), Token))!.Owners);
        stage.Jira.Site.AddPerson("mona", p => p with { Active = false });
        Assert.Empty((await stage.Directory.ReadGroupAsync(Role("OPS", Viewers), Token))!.Owners);
    }

    [Theory]
    [InlineData("alice@contoso.example' or 1=1")]
    [InlineData("alice@contoso.example\0")]
    [InlineData("\u0430lice@contoso.example")]
    [InlineData("../myself")]
    [InlineData("..%2fmyself")]
    [InlineData("OPS/../HR:10003")]
    [InlineData("OPS%2f:10003")]
    [InlineData("OPS:10003?user=x")]
    [InlineData("OPS:-1")]
    [InlineData("ops:10003")]
    [InlineData("OPS:10003:1")]
    [InlineData("712020:alice-1f2e3d4c&expand=x")]
    [InlineData("")]
    public async Task Hostile_text_finds_nothing_and_does_nothing(string text)
    {
        await using var stage = await StartAsync("MatchByEmail=true");
        var alice = stage.Jira.Site.AddPerson("alice");
        stage.Jira.Site.AddProject("OPS", "Operations", alice);

        Assert.Empty(await stage.Directory.FindByNameAsync(text, Token));
        Assert.Empty(await stage.Directory.FindByNameAsync(text + new string('a', 100_000), Token));
        Assert.Null(await stage.Directory.ReadAsync(new("jira", text), Token));
        Assert.Null(await stage.Directory.ReadGroupAsync(new("jira", text), Token));
        Assert.Equal(ProblemCode.NoSuchGroup, (await stage.Directory.AddMemberAsync(new("jira", text), Of(alice), Token)).Problem!.Code);
        Assert.Equal(ProblemCode.NoSuchAccount, (await stage.Directory.AddMemberAsync(Role("OPS", Viewers), new("jira", text), Token)).Problem!.Code);
        Assert.Empty(stage.Jira.Site.Effects);
    }

    [Fact]
    public async Task Doctor_says_what_is_wrong_and_how_to_mend_it()
    {
        await using var stage = await StartAsync("Projects:0=OPS", "Projects:1=GONE");
        stage.Jira.Site.AddProject("OPS", "Operations", stage.Jira.Self);
        stage.Jira.Site.Closed["OPS"] = true;

        var found = await stage.Check.ExamineAsync(Token);

        Assert.Contains(found, r => r is { What: "token", Problem: null });
        Assert.Contains(found, r => r.Problem?.Contains("'Administer projects'", StringComparison.Ordinal) == true);
        Assert.Contains(found, r => r.Problem?.StartsWith("GONE is not there", StringComparison.Ordinal) == true);
        stage.Jira.RefusesToken = true;
        Assert.Contains(await stage.Check.ExamineAsync(Token), r => r.Problem?.Contains("Executors:Jira:Url, Email and ApiToken", StringComparison.Ordinal) == true);
    }
}
