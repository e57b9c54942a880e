using ItOps.Bot.Approvals;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>Policies other than the shipped one.</summary>
internal static class Policies
{
    public static ApprovalPolicy Of(int quorum = 1, string group = "it-approvers", string operations = "account.*", int requestsPerHour = 1000) =>
        new(7, [new("test", [operations]) { Groups = [group], Quorum = quorum }])
        {
            HandOffGroup = "it-approvers",
            SecurityGroup = "security",
            RequestsPerHour = requestsPerHour,
        };
}
