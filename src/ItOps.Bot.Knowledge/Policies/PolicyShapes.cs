using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>All keys of <c>data/policies/approvals.yaml</c>.</summary>
internal static class PolicyShapes
{
    public static readonly YamlShape Policy = new(
        "policy", new("version", true), new("handOffGroup", true), new("securityGroup", true), new("requestsPerHour"), new("approvalsPerHour"), new("hastyBelowSeconds"), new("rules", true));

    public static readonly YamlShape Rule = new(
        "rule",
        new("name", true), new("operations", true), new("groups"), new("resourceOwner"), new("managerOfRequester"), new("quorum"),
        new("confirm", false, "press", "typed"),
        new("expiresAfter", true), new("remindAfter"), new("escalateAfter"), new("escalateTo"));
}
