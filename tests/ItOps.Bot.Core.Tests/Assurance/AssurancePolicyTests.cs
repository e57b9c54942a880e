using ItOps.Bot.Assurance;
using ItOps.Bot.People;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Core.Tests.Assurance;

public sealed class AssurancePolicyTests
{
    private static readonly PersonId Alice = new("P1");
    private static readonly PersonId Bob = new("P2");
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly AssuranceRule Own = new("own", Beneficiary.Self, ["account.reset-password"], 2, [Proof.Session, Proof.Code, Proof.Manager]);
    private static readonly AssuranceRule Others = new("others", Beneficiary.Other, ["account.*"], 1, [Proof.Owner, Proof.Manager]);

    [Theory]
    [InlineData(0, AssuranceMethod.ChatPlatform, AssuranceMethod.Code)]
    [InlineData(0, AssuranceMethod.Code, AssuranceMethod.Manager)]
    [InlineData(0, AssuranceMethod.RecentlyBound, AssuranceMethod.Code, AssuranceMethod.Manager)]
    [InlineData(1, AssuranceMethod.ChatPlatform)]
    [InlineData(1, AssuranceMethod.ChatPlatform, AssuranceMethod.ChatPlatform)]
    [InlineData(1, AssuranceMethod.ChatPlatform, AssuranceMethod.Terminal)]
    [InlineData(1, AssuranceMethod.ChatPlatform, AssuranceMethod.InPerson)]
    [InlineData(1, AssuranceMethod.EmailMatch, AssuranceMethod.Code)]
    [InlineData(1, AssuranceMethod.RecentlyBound, AssuranceMethod.Code)]
    [InlineData(2, AssuranceMethod.EmailMatch)]
    [InlineData(2, AssuranceMethod.RecentlyBound)]
    [InlineData(2)]
    public void Kinds_are_counted_and_weak_sessions_are_none(int missing, params AssuranceMethod[] methods) =>
        Assert.Equal(missing, Own.Missing([.. methods.Select(m => new AssuranceEvidence(m, Now))]));

    [Fact]
    public void Every_rule_that_covers_a_plan_must_hold()
    {
        var policy = new AssurancePolicy(1, [Own, Others]);
        var both = Plan(("account.reset-password", Alice), ("account.unlock", Bob));

        Assert.Equal(["own", "others"], policy.Lacking(both, Alice, []).Select(r => r.Name));
        Assert.Equal(["others"], policy.Lacking(both, Alice, [new(AssuranceMethod.ChatPlatform, Now), new(AssuranceMethod.Code, Now)]).Select(r => r.Name));
        Assert.Empty(policy.Lacking(both, Alice, [new(AssuranceMethod.ChatPlatform, Now), new(AssuranceMethod.Manager, Now)]));
    }

    [Theory]
    [InlineData("password_reset")]
    [InlineData("a_runbook_by_another_name")]
    public void A_runbook_cannot_get_around_a_rule_by_its_name(string runbook) =>
        Assert.Single(new AssurancePolicy(1, [Own]).Lacking(Plan(("account.reset-password", Alice)) with { RunbookId = runbook }, Alice, []));

    [Fact]
    public void What_belongs_to_nobody_counts_as_somebody_elses() =>
        Assert.Single(new AssurancePolicy(1, [Others]).Lacking(Plan(("account.unlock", null)), Alice, []));

    private static Plan Plan(params (string Operation, PersonId? Owner)[] steps) => new(
        "password_reset", 1, 1, [.. steps.Select(s => new PlanStep(s.Operation, new StepArguments(), new("account", "directory/1", "x", "Directory", s.Owner)))]);
}
