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
        Assert.Equal(("it-approvers", "security", 3), (policy!.HandOffGroup, policy.SecurityGroup, policy.Version));
        var accounts = policy.Rules[0];
        Assert.Equal(["account.unlock", "account.revoke-sessions"], accounts.Operations);
        Assert.Equal((TimeSpan.FromHours(4), TimeSpan.FromHours(2), TimeSpan.FromHours(3)), (accounts.ExpiresAfter, accounts.RemindAfter, accounts.EscalateAfter));
        Assert.Equal(["security"], accounts.EscalateTo);
        Assert.False(accounts.ResourceOwner);
        Assert.False(accounts.ConfirmTyped);
        Assert.True(policy.Rules[1] is { ConfirmTyped: true, Groups: ["it-approvers"] });
        Assert.Contains("account.reset-password", policy.Rules[1].Operations);
        Assert.Equal((30, TimeSpan.FromSeconds(5)), (policy.ApprovalsPerHour, policy.HastyBelow));
        Assert.True(policy.Rules[2] is { ResourceOwner: true, Groups: ["it-approvers"], Operations: ["group.*"] });
    }

    [Theory]
    [InlineData("quorum: 2", false)]
    [InlineData("confirm: press", false)]
    [InlineData("confirm: typed", true)]
    public void A_rule_says_whether_a_name_must_be_typed(string line, bool typed) =>
        Assert.Equal(typed, Assert.Single(Read(Good.Replace("quorum: 2", line, StringComparison.Ordinal)).Policy!.Rules).ConfirmTyped);

    [Fact]
    public void How_often_and_how_soon_one_person_may_decide_stands_in_the_policy()
    {
        var policy = Read("approvalsPerHour: 12\nhastyBelowSeconds: 9\n" + Good).Policy!;

        Assert.Equal((12, TimeSpan.FromSeconds(9)), (policy.ApprovalsPerHour, policy.HastyBelow));
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
    [InlineData("quorum: 2", "confirm: aloud", 8, "'confirm' is 'aloud', and can only be one of: press, typed")]
    [InlineData("version: 2", "version: 2\napprovalsPerHour: 0", 2, "must be 1 or more")]
    [InlineData("version: 2", "version: 2\nhastyBelowSeconds: five", 2, "write a whole number")]
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
