using System.Text;
using ItOps.Bot.Accounts;
using ItOps.Bot.Knowledge.Bindings;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Knowledge.Tests.Bindings;

public sealed class BindingsReaderTests
{
    private const string Tenant = "5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650";
    private const string Alice = "1f6b2c04-93ad-4e58-b7c1-2a90d8e45f11";

    private const string Good = """
        slackTeam: T0LAB
        teamsTenant: 5B0C9A1E-6F47-4D02-8C3A-71E2D94FB650
        people:
          - person: alice
            slack: U0ALICE
            teams: 1F6B2C04-93AD-4E58-B7C1-2A90D8E45F11
          - person: P1003
            slack: T0OTHER/W0OMAR
        """;

    [Fact]
    public void Accounts_belong_to_the_team_or_tenant_at_the_top_or_to_their_own_and_say_where_they_stand()
    {
        var (bindings, problems) = Read(Good);

        Assert.Empty(problems);
        Assert.Equal(
            [
                new("alice", new("slack", "T0LAB", "U0ALICE"), "bindings.yaml:5"),
                new("alice", new("teams", Tenant, Alice), "bindings.yaml:6"),
                new("P1003", new ChannelIdentity("slack", "T0OTHER", "W0OMAR"), "bindings.yaml:8"),
            ],
            bindings!.Identities);
    }

    [Theory]
    [InlineData("slack: U0ALICE", "slack: u0alice", 5, "'u0alice' is not a Slack user id")]
    [InlineData("slack: U0ALICE", "slack: alice@example.com", 5, "is not a Slack user id")]
    [InlineData("slack: U0ALICE", "slack: T0LAB", 5, "is not a Slack user id")]
    [InlineData("slack: U0ALICE", "slack: \"\"", 5, "is empty")]
    [InlineData("slack: U0ALICE", "slak: U0ALICE", 5, "'slak' is not known here")]
    [InlineData("teams: 1F6B2C04-", "teams: ", 6, "is not the object id")]
    [InlineData("slackTeam: T0LAB", "slackTeam: lab", 1, "'lab' is not a Slack team id")]
    [InlineData("slackTeam: T0LAB", "", 5, "add 'slackTeam:' at the top of the file")]
    [InlineData("teamsTenant: 5B0C9A1E-", "teamsTenant: ", 2, "is not the id of an Entra tenant")]
    [InlineData("slack: T0OTHER/W0OMAR", "", 7, "add 'slack:', 'teams:' or 'accounts:'")]
    [InlineData("person: P1003", "name: P1003", 7, "'person' is missing")]
    [InlineData("people:", "persons:", 3, "'persons' is not known here")]
    [InlineData("slack: T0OTHER/W0OMAR", "slack: *x", 8, "alias")]
    public void A_file_with_a_mistake_binds_nobody_and_says_where_and_how_to_mend_it(string right, string wrong, int line, string message)
    {
        var (bindings, problems) = Read(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Null(bindings);
        Assert.Contains(problems, p => p.File == "bindings.yaml" && p.Line == line && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("slack: U0ALICE")]
    [InlineData("slack: T0LAB/U0ALICE")]
    public void An_account_that_is_given_to_two_people_is_refused_with_both_lines(string again)
    {
        var (bindings, problems) = Read(Good.Replace("slack: T0OTHER/W0OMAR", again, StringComparison.Ordinal));

        Assert.Null(bindings);
        var problem = Assert.Single(problems);
        Assert.Equal(8, problem.Line);
        Assert.Contains("slack:T0LAB/U0ALICE is bound to 'P1003' here and to 'alice' at bindings.yaml:5", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_of_systems_are_read_beside_them_one_or_several_and_ids_in_one_form()
    {
        var (bindings, problems) = Read("""
            people:
              - person: alice
                accounts: { aws-iam: 123456789012/alice, active-directory: 1F6B2C04-93AD-4E58-B7C1-2A90D8E45F11 }
              - person: P1003
                accounts:
                  local: omar
                  jira: [5b10ac8d82e05b22cc7d4ef5, 5b10ac8d82e05b22cc7d4ef6]
            """);

        Assert.Empty(problems);
        Assert.Empty(bindings!.Identities);
        Assert.Equal(
            [
                new("alice", "aws-iam", "123456789012/alice", "bindings.yaml:3"),
                new("alice", "active-directory", Alice, "bindings.yaml:3"),
                new("P1003", "local", "omar", "bindings.yaml:6"),
                new("P1003", "jira", "5b10ac8d82e05b22cc7d4ef5", "bindings.yaml:7"),
                new AccountBinding("P1003", "jira", "5b10ac8d82e05b22cc7d4ef6", "bindings.yaml:7"),
            ],
            bindings.Accounts);
    }

    [Theory]
    [InlineData("accounts: { aws-iam: 123456789012/alice }", "'123456789012/alice' of aws-iam is the account of 'omar' here and of 'alice' at bindings.yaml:3")]
    [InlineData("accounts: { aws-iam: 123456789012/ALICE }", "keep the one that is right")]
    [InlineData("accounts: { AWS: x }", "'AWS' is not a system")]
    [InlineData("accounts: { aws-iam: \"a b\" }", "without spaces")]
    [InlineData("accounts: { aws-iam: \"\" }", "is empty")]
    [InlineData("accounts: [aws-iam]", "must hold 'name: value' lines")]
    [InlineData("accounts: { aws-iam: { name: x } }", "must be a text")]
    public void A_mistake_in_an_account_is_found_with_its_line(string accounts, string message)
    {
        var (bindings, problems) = Read($"""
            people:
              - person: alice
                accounts: {"{ aws-iam: 123456789012/alice }"}
              - person: omar
                {accounts}
            """);

        Assert.Null(bindings);
        Assert.Contains(problems, p => p.Line == 5 && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_tenant_in_another_case_is_the_same_tenant()
    {
        var (_, problems) = Read(Good.Replace("slack: T0OTHER/W0OMAR", $"teams: {Tenant}/{Alice}", StringComparison.Ordinal));

        Assert.Contains("keep the one that is right", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_names_the_key() =>
        Assert.Contains("Identity:BindingsFile", Assert.Single(BindingsReader.ReadFile("/nowhere/bindings.yaml").Problems).Message, StringComparison.Ordinal);

    private static (WrittenBindings? Bindings, IReadOnlyList<ItOps.Bot.Runbooks.SourceProblem> Problems) Read(string yaml) =>
        BindingsReader.Read("bindings.yaml", Encoding.UTF8.GetBytes(yaml));
}
