using ItOps.Bot.Plans;

namespace ItOps.Bot.Core.Tests.Plans;

public sealed class PlanDigestTests
{
    private static readonly PlanStep Step = new(
        "account.unlock", new([new("account", "directory/D1"), new("group", "directory/G1")]), new("account", "directory/D1", "alice", "Directory", new("P1")));

    private static readonly Plan Sample = new("account_locked", 1, 1, [Step, Step with { Operation = "account.revoke-sessions" }]);

    public static TheoryData<string, Plan> Changes { get; } = new()
    {
        { "runbook", Sample with { RunbookId = "password_reset" } },
        { "runbook version", Sample with { RunbookVersion = 2 } },
        { "policy version", Sample with { PolicyVersion = 2 } },
        { "operation", With(Step with { Operation = "account.reset-password" }) },
        { "argument value", With(Step with { Arguments = new([new("account", "directory/D2"), new("group", "directory/G1")]) }) },
        { "argument name", With(Step with { Arguments = new([new("accounts", "directory/D1"), new("group", "directory/G1")]) }) },
        { "argument more", With(Step with { Arguments = new([.. Step.Arguments, new("x", "y")]) }) },
        { "argument less", With(Step with { Arguments = new([new("account", "directory/D1")]) }) },
        { "values swapped", With(Step with { Arguments = new([new("account", "directory/G1"), new("group", "directory/D1")]) }) },
        { "look-alike", With(Step with { Arguments = new([new("account", "directоry/D1"), new("group", "directory/G1")]) }) },
        { "other normal form", With(Step with { Arguments = new([new("account", "directory/D1\u0301"), new("group", "directory/G1")]) }) },
        { "target", With(Step with { Target = Step.Target with { Id = "directory/D2" } }) },
        { "target kind", With(Step with { Target = Step.Target with { Kind = "group" } }) },
        { "target owner", With(Step with { Target = Step.Target with { Owner = new("P2") } }) },
        { "no owner", With(Step with { Target = Step.Target with { Owner = null } }) },
        { "steps swapped", Sample with { Steps = [.. Sample.Steps.Reverse()] } },
        { "a step more", Sample with { Steps = [.. Sample.Steps, Step] } },
        { "a step less", Sample with { Steps = [Step] } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Whatever_changes_the_meaning_changes_the_digest(string what, Plan changed) =>
        Assert.True(PlanDigest.Of(Sample) != PlanDigest.Of(changed), what);

    [Fact]
    public void Every_change_has_a_digest_of_its_own() =>
        Assert.Equal(Changes.Count, Changes.Select(c => PlanDigest.Of(c.Data.Item2)).Distinct().Count());

    [Fact]
    public void Names_for_people_and_the_order_of_arguments_do_not()
    {
        var renamed = With(Step with { Target = Step.Target with { Display = "Alice Arden", SystemName = "AD" } });
        var reordered = With(Step with { Arguments = new([new("group", "directory/G1"), new("account", "directory/D1")]) });

        Assert.Equal(PlanDigest.Of(Sample), PlanDigest.Of(renamed));
        Assert.Equal(PlanDigest.Of(Sample), PlanDigest.Of(reordered));
        Assert.Matches("^[0-9a-f]{64}$", PlanDigest.Of(Sample));
    }

    private static Plan With(PlanStep first) => Sample with { Steps = [first, Sample.Steps[1]] };
}
