using ItOps.Bot.Approvals;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Entra;

/// <summary>The groups that give a say in the bot: who decides, who takes over, who may ask for others.</summary>
internal sealed class PolicyGroups(ApprovalPolicy policy, RunbookCatalog runbooks)
{
    public IReadOnlySet<string> Names => policy.Rules.SelectMany(r => r.Groups.Concat(r.EscalateTo))
        .Concat([policy.HandOffGroup, policy.SecurityGroup])
        .Concat(runbooks.All.SelectMany(r => r.OnBehalf.Groups))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
