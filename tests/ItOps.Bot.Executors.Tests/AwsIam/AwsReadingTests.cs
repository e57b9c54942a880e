using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Aws;

namespace ItOps.Bot.Executors.Tests.AwsIam;

/// <summary>What the bot says about users and groups, and about whom it says nothing.</summary>
public sealed class AwsReadingTests : AwsTestBase
{
    private const string ReadOnly = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}""";
    private const string SelfService = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:CreateAccessKey","iam:ChangePassword"],"Resource":"arn:aws:iam::*:user/${aws:username}"}]}""";

    [Fact]
    public async Task A_user_is_read_with_its_owner_and_what_an_approver_should_know()
    {
        Aws.Change("alice", u => u with { Keys = [Key("1", active: true), Key("2", active: false)], ResetRequired = true });

        var alice = await ReadAsync("alice");

        Assert.Equal(("alice", "AWS", new PersonId("P1"), true, false, false), (alice.Name, alice.SystemName, alice.Owner, alice.IsEnabled, alice.IsLocked, alice.IsPrivileged));
        Assert.True(alice.MustChangePassword);
        Assert.Equal(["1 of 2 access keys inactive"], alice.Remarks);
        Assert.Null(alice.PasswordLastSet);
        Assert.Equal(alice.Id, (await Directory.AccountsOfAsync(new("P1"), Token)).Single().Id);
        Assert.Equal(alice.Id, (await Directory.FindByNameAsync("alice", Token)).Single().Id);
    }

    [Fact]
    public async Task What_two_people_could_claim_is_nobodys()
    {
        Aws.AddUser("shared");
        Assert.Null((await ReadAsync("shared")).Owner);
        Assert.DoesNotContain(await Directory.AccountsOfAsync(new("P1"), Token), a => a.Name == "shared");
    }

    [Fact]
    public async Task Who_got_the_name_later_is_somebody_else()
    {
        var before = IdOf("alice");
        Aws.AddUser("alice", password: "An-old-password-1");

        Assert.Null(await Directory.ReadAsync(before, Token));
        AssertProblem(ProblemCode.NoSuchAccount, "another user has its name", await Directory.ResetPasswordAsync(before, NewPassword, true, Token));
        Assert.Empty(Aws.Effects);
    }

    [Fact]
    public async Task In_two_accounts_a_role_is_assumed_in_each_and_the_name_says_which()
    {
        Start(accounts: [FakeAws.Account, FakeAws.OtherAccount]);
        Aws.AddUser("alice", account: FakeAws.OtherAccount);

        Assert.Equal(["AWS Production", "AWS Lab"], (await Directory.FindByNameAsync("alice", Token)).Select(a => a.SystemName));
        Assert.Equal(2, (await Directory.AccountsOfAsync(new("P1"), Token)).Count);
        Assert.Equal([$"sts:AssumeRole {FakeAws.RoleOf(FakeAws.Account)}", $"sts:AssumeRole {FakeAws.RoleOf(FakeAws.OtherAccount)}"], Aws.Calls.Where(c => c.StartsWith("sts:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_session_that_ran_out_is_renewed_before_and_after_the_fact()
    {
        await ReadAsync("alice");
        Aws.ExpireSessions();
        await ReadAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(14));
        await ReadAsync("alice");

        Assert.Equal(3, Aws.Calls.Count(c => c.StartsWith("sts:AssumeRole", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData("attached", "arn:aws:iam::aws:policy/AdministratorAccess", null, true)]
    [InlineData("attached", "arn:aws:iam::aws:policy/IAMFullAccess", null, true)]
    [InlineData("attached", "arn:aws:iam::aws:policy/PowerUserAccess", null, true)]
    [InlineData("attached", "arn:aws:iam::aws:policy/ReadOnlyAccess", null, false)]
    [InlineData("attached", "arn:aws:iam::111122223333:policy/BillingLead", null, true)]
    [InlineData("inline", "anything", """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""", true)]
    [InlineData("inline", "anything", """{"Statement":[{"Effect":"Allow","Action":["s3:*","IAM:put*"],"Resource":"*"}]}""", true)]
    [InlineData("inline", "anything", """{"Statement":{"Effect":"Allow","NotAction":"s3:*","Resource":"*"}}""", true)]
    [InlineData("inline", "anything", """{"Statement":{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"arn:aws:iam::111122223333:user/bob"}}""", true)]
    [InlineData("inline", "anything", """{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""", false)]
    [InlineData("inline", "anything", "no policy at all", true)]
    [InlineData("inline", "anything", SelfService, false)]
    [InlineData("inline", "anything", ReadOnly, false)]
    [InlineData("own", "team", """{"Statement":{"Effect":"Allow","Action":"iam:AttachUserPolicy","Resource":"*"}}""", true)]
    [InlineData("own", "team", ReadOnly, false)]
    [InlineData("path", "/admin/europe/", null, true)]
    [InlineData("group", "arn:aws:iam::aws:policy/AdministratorAccess", null, true)]
    [InlineData("group", "arn:aws:iam::aws:policy/ReadOnlyAccess", null, false)]
    [InlineData("group inline", "anything", """{"Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}""", true)]
    [InlineData("group name", "Domain-Leads", null, true)]
    [InlineData("group path", "/admin/", null, true)]
    public async Task Power_over_others_is_seen_wherever_it_comes_from(string? where, string? what, string? document, bool privileged)
    {
        Start(new() { ["Executors:AwsIam:PrivilegedPolicies:0"] = "BillingLead", ["Executors:AwsIam:PrivilegedGroups:0"] = "domain-leads" });
        Aws.AddUser("bob", where == "path" ? what! : "/", password: "An-old-password-1");
        var group = where == "group name" ? what! : "team";
        Aws.AddGroup(group, where == "group path" ? what! : "/requestable/");
        switch (where)
        {
            case "attached":
                Aws.AddPolicy("BillingLead", ReadOnly);
                Aws.Change("bob", u => u with { Attached = [what!] });
                break;
            case "inline":
                Aws.Change("bob", u => u with { Inline = u.Inline.Add(what!, document!) });
                break;
            case "own":
                Aws.Change("bob", u => u with { Attached = [Aws.AddPolicy(what!, document!)] });
                break;
            case "group":
                Aws.ChangeGroup(group, g => g with { Attached = [what!] });
                break;
            case "group inline":
                Aws.ChangeGroup(group, g => g with { Inline = g.Inline.Add(what!, document!) });
                break;
        }

        var inGroup = where?.StartsWith("group", StringComparison.Ordinal) == true;
        if (inGroup)
            Aws.Change("bob", u => u with { Groups = [group] });

        Assert.Equal(privileged, (await ReadAsync("bob")).IsPrivileged);
        if (inGroup)
            Assert.Equal(privileged, (await Directory.ReadGroupAsync(GroupIdOf(group), Token))!.IsPrivileged);
    }

    [Theory]
    [InlineData("/service/ci/", "deploy", AccountKind.Service)]
    [InlineData("/break-glass/", "root-of-last-resort", AccountKind.BreakGlass)]
    [InlineData("/", "emergency", AccountKind.BreakGlass)]
    [InlineData("/people/", "carol", AccountKind.Person)]
    public async Task The_path_and_the_operator_say_what_kind_a_user_is(string path, string name, AccountKind kind)
    {
        Start(new() { ["Executors:AwsIam:BreakGlass:0"] = $"{FakeAws.Account}/emergency" });
        Aws.AddUser(name, path);
        Assert.Equal(kind, (await ReadAsync(name)).Kind);
    }

    [Fact]
    public async Task Lists_are_read_to_their_end()
    {
        Aws.PageSize = 1;
        Aws.AddGroup("one");
        Aws.AddGroup("two");
        Aws.AddGroup("three");
        Aws.ChangeGroup("three", g => g with { Attached = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/IAMFullAccess"] });
        Aws.Change("alice", u => u with { Groups = ["one", "two", "three"] });
        Assert.True((await ReadAsync("alice")).IsPrivileged);
    }

    [Fact]
    public async Task A_tag_says_whose_a_user_is_only_where_the_operator_wants_it()
    {
        Aws.AddUser("bob@example.com");
        Aws.Change("bob@example.com", u => u with { Tags = u.Tags.Add("Owner", "P2") });
        Assert.Null((await ReadAsync("bob@example.com")).Owner);

        Start(new() { ["Executors:AwsIam:OwnerTag"] = "Owner" });
        Assert.Equal(new PersonId("P2"), (await ReadAsync("bob@example.com")).Owner);
        Assert.Equal("bob@example.com", (await Directory.AccountsOfAsync(new("P2"), Token)).Single().Name);

        // The list says P1, the tag says P2.
        Aws.Change("alice", u => u with { Tags = u.Tags.Add("Owner", "P2") });
        Assert.Null((await ReadAsync("alice")).Owner);
    }

    [Fact]
    public async Task Groups_that_are_put_up_are_offered_with_what_they_open()
    {
        Aws.AddGroup("finance-write");
        Start(new()
        {
            ["Executors:AwsIam:Groups:0:Name"] = "finance-write",
            ["Executors:AwsIam:Groups:0:ResourceType"] = "aws-workload",
            ["Executors:AwsIam:Groups:0:Resource"] = "Finance reports",
            ["Executors:AwsIam:Groups:0:Permission"] = "write",
            ["Executors:AwsIam:Groups:0:Aliases:0"] = "finance bucket",
            ["Executors:AwsIam:Groups:0:Owners:0"] = "P9",
            ["Executors:AwsIam:Groups:1:Name"] = "not-there",
        });

        var group = Assert.Single(await Directory.GroupsAsync(Token));
        Assert.Equal(("finance-write", "Finance reports", "write", "P9"), (group.Name, group.Resource?.Name, group.Resource?.Permission, group.Owners.Single().Value));
        Assert.Equal(group.Id, (await Directory.ReadGroupAsync(group.Id, Token))?.Id);
    }

    [Theory]
    [InlineData("alice/../bob")]
    [InlineData("al*ce")]
    [InlineData("*")]
    [InlineData("$(id)")]
    [InlineData("`id`")]
    [InlineData("alice\n")]
    [InlineData("alice\0")]
    [InlineData("alice&Action=DeleteUser")]
    [InlineData("аlice")]
    [InlineData("ａlice")]
    [InlineData("alice\u202E")]
    [InlineData("")]
    [InlineData(" alice")]
    [InlineData("100,000")]
    public async Task A_name_that_cannot_be_one_is_found_nowhere_and_asked_about_never(string name)
    {
        if (name == "100,000")
            name = new string('a', 100_000);
        Assert.Empty(await Directory.FindByNameAsync(name, Token));
        Assert.Null(await Directory.ReadAsync(new("aws-iam", $"{FakeAws.Account}/{name}/AIDA0000000000000001"), Token));
        Assert.Null(await Directory.ReadAsync(new("aws-iam", name + "/alice/AIDA0000000000000001"), Token));
        Assert.Null(await Directory.ReadAsync(new("aws-iam", $"{FakeAws.Account}/alice/{name}"), Token));
        Assert.Null(await Directory.ReadGroupAsync(new("aws-iam", $"{FakeAws.Account}/{name}/AGPA0000000000000001"), Token));
        AssertProblem(ProblemCode.NoSuchAccount, "", await Directory.ResetPasswordAsync(new("aws-iam", $"{FakeAws.Account}/{name}/AIDA0000000000000001"), NewPassword, true, Token));
        Assert.Empty(Aws.Calls);
    }

    [Fact]
    public async Task Doctor_shows_who_AWS_takes_the_bot_for()
    {
        var check = Assert.Single(await SelfCheck.ExamineAsync(Token));
        Assert.Equal(("account Production", null, $"is asked as arn:aws:sts::{FakeAws.Account}:assumed-role/itops-bot/itops-bot"), (check.What, check.Problem, check.Well));
    }

    [Theory]
    [InlineData("SecretAccessKey", "wrong", "could not be assumed")]
    [InlineData("Accounts:0:ExternalId", "wrong", "is not authorized to perform: sts:AssumeRole")]
    [InlineData("Accounts:0:RoleArn", "", "the keys are of account 111122223333")]
    public async Task Doctor_says_what_is_wrong_with_the_keys(string key, string value, string problem)
    {
        Start(new() { [$"Executors:AwsIam:{key}"] = value, ["Executors:AwsIam:Accounts:0:Id"] = value.Length == 0 ? FakeAws.OtherAccount : FakeAws.Account });
        var check = Assert.Single(await SelfCheck.ExamineAsync(Token));
        Assert.Contains(problem, check.Problem, StringComparison.Ordinal);
    }

    internal static FakeAwsKey Key(string number, bool active, int age = 0) => new($"AKIAKEYOFSOMEBODY{number}", active, new(2026, 1 + age, 1, 0, 0, 0, TimeSpan.Zero));

    private GroupId GroupIdOf(string name) => new("aws-iam", Aws.Group(name).ObjectId);
}
