using System.Runtime.CompilerServices;
using ItOps.Bot.Accounts;
using ItOps.Bot.Knowledge.Sandbox;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Knowledge.Tests.Sandbox;

public sealed class SandboxSeedReaderTests
{
    private const string Small = """
        practicePassword: practice
        slackTeam: T0
        people:
          - id: P1
            signInName: ann
            givenName: Ann
            fullName: Ann Ash
            email: ann@example.com
            slack: U1
            accounts:
              directory: { id: D1, badAttempts: 5, lockedMinutes: 12 }
              cloud: { id: C1, name: ann.ash, enabled: false }
        otherAccounts:
          - { id: D9, system: directory, name: svc, kind: service }
        organisationGroups:
          - { name: approvers, people: [ann] }
        groups:
          - id: G1
            system: directory
            name: staff
            description: Everybody
            members: [ann, svc]
            owners: [ann]
            resource: { type: shared-drive, name: Staff, permission: read, aliases: ["S:"] }
          - { id: G2, system: directory, name: admins, description: Admins, groups: [staff], privileged: true }
        """;

    [Fact]
    public void Names_become_object_ids()
    {
        var (seed, problems) = Read(Small);

        Assert.Empty(problems);
        var ann = Assert.Single(seed!.People);
        Assert.Equal(["ann", "Ann", "Ann Ash", "ann@example.com"], ann.Person.Names);
        Assert.Equal(
            [new("console", "sandbox", "ann"), new("terminal", "sandbox", "ann"), new ChannelIdentity("slack", "T0", "U1")], ann.Identities);
        Assert.Equal(["directory/D1 ann P1", "cloud/C1 ann.ash P1", "directory/D9 svc "], seed.Accounts.Select(a => $"{a.Id} {a.Name} {a.Owner}"));
        Assert.Equal((5, TimeSpan.FromMinutes(12), TimeSpan.FromDays(30)), (seed.Accounts[0].BadAttempts, seed.Accounts[0].LockedFor, seed.Accounts[0].PasswordAge));
        Assert.Equal((false, null), (seed.Accounts[1].Enabled, seed.Accounts[1].LockedFor));
        Assert.Equal(AccountKind.Service, seed.Accounts[2].Kind);
        Assert.Equal(["D1", "D9"], seed.Groups[0].Members);
        Assert.Equal("P1", Assert.Single(seed.Groups[0].Owners).Value);
        Assert.Equal(("G1", true), (Assert.Single(seed.Groups[1].Groups), seed.Groups[1].IsPrivileged));
        Assert.Equal("P1", Assert.Single(seed.OrganisationGroups[0].People).Value);
        Assert.Equal("***", $"{seed.PracticePassword}");
    }

    [Theory]
    [InlineData("fullName: Ann Ash", "fullNam: Ann Ash", "people.yaml:4: 'fullName' is missing|people.yaml:7: 'fullNam' is not known here")]
    [InlineData("members: [ann, svc]", "members: [ann, bob]", "people.yaml:22: there is no account 'bob' in directory")]
    [InlineData("members: [ann, svc]", "members: ann", "people.yaml:22: 'members' must be a list")]
    [InlineData("groups: [staff]", "groups: [stuff]", "people.yaml:25: there is no group 'stuff' in directory")]
    [InlineData("people: [ann]", "people: [amy]", "people.yaml:16: there is no person 'amy'")]
    [InlineData("kind: service", "kind: robot", "people.yaml:14: 'kind' must be service or break-glass")]
    [InlineData("system: directory, name: svc", "system: mainframe, name: svc", "people.yaml:14: 'mainframe' is not a system; there are directory, cloud|people.yaml:22: there is no account 'svc' in directory")]
    [InlineData("id: C1", "id: D1", "people.yaml:12: the id 'D1' is used twice")]
    [InlineData("badAttempts: 5", "badAttempts: many", "people.yaml:11: 'badAttempts' must be a whole number")]
    [InlineData("enabled: false", "enabled: no", "people.yaml:12: 'enabled' must be true or false")]
    [InlineData("type: shared-drive", "type: Boat 1", "people.yaml:24: 'type' must be small letters and dashes, such as shared-drive, jira-project, shared-mailbox, mailing-list or software")]
    [InlineData("practicePassword: practice", "slackTeams: T1", "people.yaml:1: 'practicePassword' is missing|people.yaml:1: 'slackTeams' is not known here")]
    public void A_mistake_is_reported_with_its_line(string right, string wrong, string expected)
    {
        var (seed, problems) = Read(Small.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Null(seed);
        Assert.Equal(expected, string.Join('|', problems));
    }

    [Theory]
    [InlineData("people: [")]
    [InlineData("people: {}\npeople: {}")]
    [InlineData("- a list")]
    [InlineData("")]
    public void What_is_no_mapping_is_one_problem(string yaml)
    {
        var (seed, problems) = Read(yaml);
        Assert.Null(seed);
        Assert.Matches(@"\Apeople\.yaml:[1-9]\d*: .+\z", Assert.Single(problems).ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem()
    {
        var (seed, problems) = SandboxSeedReader.ReadFile("/no/such/people.yaml");
        Assert.Null(seed);
        Assert.Equal("/no/such/people.yaml:1: the file is not there", Assert.Single(problems).ToString());
    }

    [Fact]
    public void The_practice_organisation_is_as_the_stories_need_it()
    {
        var (seed, problems) = SandboxSeedReader.ReadFile(PeopleFile());

        Assert.Empty(problems);
        var people = seed!.People.ToDictionary(p => p.SignInName);
        foreach (var (name, slack) in new[] { ("alice", "U0ALICE"), ("bob", "U0BOB"), ("omar", "U0OMAR"), ("sam", "U0SAM"), ("ruth", "U0RUTH"), ("eve", "U0EVE") })
        {
            Assert.Contains(new ChannelIdentity("slack", "T0LAB", slack), people[name].Identities);
            Assert.Contains(new ChannelIdentity("console", "sandbox", name), people[name].Identities);
            Assert.Contains(people[name].Identities, i => i.Channel == "teams" && Guid.TryParse(i.User, out _) && Guid.TryParse(i.Tenant, out _));
        }

        Assert.Equal(people["mona"].Person.Id, people["alice"].Person.Manager);
        Assert.All(people.Values, p => Assert.EndsWith("@example.com", p.Person.Email, StringComparison.Ordinal));
        Assert.Equal(2, people.Values.Count(p => p.Person.DisplayName == "Alex Kim"));
        var alice = seed.Accounts.Where(a => a.Owner == people["alice"].Person.Id).ToList();
        Assert.Equal(["directory True", "cloud False"], alice.Select(a => $"{a.Id.System} {a.LockedFor is not null}"));
        Assert.Equal(2, seed.Accounts.Count(a => a.Owner == people["bob"].Person.Id));
        Assert.Equal(["svc-backup Service", "bg-admin BreakGlass"], seed.Accounts.Where(a => a.Owner is null).Select(a => $"{a.Name} {a.Kind}"));
    }

    private static (SandboxSeed? Seed, IReadOnlyList<SourceProblem> Problems) Read(string yaml) =>
        SandboxSeedReader.Read(new StringReader(yaml), "people.yaml");

    private static string PeopleFile([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../data/sandbox/people.yaml"));
}
