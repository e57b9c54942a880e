using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Knowledge.Policies;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>Policies other than the shipped one.</summary>
internal static class Policies
{
    /// <summary>The shipped assurance, for tests that ask for the same thing again and again.</summary>
    public static AssurancePolicy WithoutLimits =>
        AssuranceReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "data", "policies", "assurance.yaml")).Policy! with { Limits = [] };

    /// <summary>The shipped approvals, with another limit of decisions in an hour.</summary>
    public static ApprovalPolicy WithLimitOf(int decisions) =>
        PolicyReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "data", "policies", "approvals.yaml")).Policy! with { ApprovalsPerHour = decisions };

    public static ApprovalPolicy Of(int quorum = 1, string operations = "account.*", int requestsPerHour = 1000, params string[] groups) =>
        new(7, [new("test", [operations]) { Groups = groups.Length > 0 ? groups : ["it-approvers"], Quorum = quorum }])
        {
            HandOffGroup = "it-approvers",
            SecurityGroup = "security",
            RequestsPerHour = requestsPerHour,
            ApprovalsPerHour = 1000,
        };
}
