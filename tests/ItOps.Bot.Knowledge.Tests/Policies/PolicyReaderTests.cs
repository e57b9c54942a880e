using System.Text;
using ItOps.Bot.Knowledge.Policies;

namespace ItOps.Bot.Knowledge.Tests.Policies;

public sealed class PolicyReaderTests
{
    private const string Good = """
        version: 2
        handOffGroup: it-approvers
        securityGroup: security
        rules:
          - name: accounts
            operations: [account.unlock, group.*]
            groups: [it-approvers]
            quorum: 2
            expiresAfter: 2d
            remindAfter: 90m
            escalateAfter: 4h
            escalateTo: [security]
        """;

    [Fact]
    public void The_shipped_policy_covers_every_operation_that_the_runbooks_use()
    {
        var (policy, problems) = PolicyReader.ReadFile(Repository.Policy);

        Assert.Empty(problems);
        Assert.Equal(("it-approvers", "security", 1), (policy!.HandOffGroup, policy.SecurityGroup, policy.Version));
        var accounts = policy.Rules[0];
        Assert.Equal(["account.unlock", "account.reset-password", "account.revoke-sessions"], accounts.Operations);
        Assert.Equal((TimeSpan.FromHours(4), TimeSpan.FromHours(2), TimeSpan.FromHours(3)), (accounts.ExpiresAfter, accounts.RemindAfter, accounts.EscalateAfter));
        Assert.Equal(["security"], accounts.EscalateTo);
        Assert.False(accounts.ResourceOwner);
        Assert.True(policy.Rules[1] is { ResourceOwner: true, Groups: ["it-approvers"], Operations: ["group.*"] });
    }

    [Fact]
    public void Lengths_of_time_come_in_minutes_hours_and_days()
    {
        var rule = Assert.Single(Read(Good).Policy!.Rules);
        Assert.Equal((TimeSpan.FromDays(2), TimeSpan.FromMinutes(90), TimeSpan.FromHours(4), 2), (rule.ExpiresAfter, rule.RemindAfter!.Value, rule.EscalateAfter!.Value, rule.Quorum));
    }

    [Theory]
    [InlineData("expiresAfter: 2d", "expiresAfter: soon", 9, "write a number and a unit")]
    [InlineData("expiresAfter: 2d", "expiresAfter: -4h", 9, "write a number and a unit")]
    [InlineData("expiresAfter: 2d", "expiresAfter: 0h", 9, "write a number and a unit")]
    [InlineData("expiresAfter: 2d", "expiresAfter: 999d", 9, "write a number and a unit")]
    [InlineData("expiresAfter: 2d", "expiresAfter: 1h", 10, "reminds after it expired")]
    [InlineData("remindAfter: 90m", "reminders: 90m", 10, "'reminders' is not known here")]
    [InlineData("escalateTo: [security]", "", 11, "only work together")]
    [InlineData("groups: [it-approvers]", "groups: []", 6, "nobody could decide")]
    [InlineData("quorum: 2", "quorum: 0", 8, "must be 1 or more")]
    [InlineData("version: 2", "version: 0", 1, "must be 1 or more")]
    [InlineData("account.unlock,", "'*',", 6, "is neither an operation")]
    [InlineData("account.unlock,", "account*,", 6, "is neither an operation")]
    [InlineData("securityGroup: security", "", 1, "'securityGroup' is missing")]
    public void A_policy_with_a_mistake_is_no_policy(string right, string wrong, int line, string message)
    {
        var (policy, problems) = Read(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Null(policy);
        var problem = Assert.Single(problems, p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(("approvals.yaml", line), (problem.File, problem.Line));
    }

    private static (Approvals.ApprovalPolicy? Policy, IReadOnlyList<Bot.Runbooks.SourceProblem> Problems) Read(string text) =>
        PolicyReader.Read("approvals.yaml", Encoding.UTF8.GetBytes(text));
}
