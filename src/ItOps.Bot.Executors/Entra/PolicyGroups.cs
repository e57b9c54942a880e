using ItOps.Bot.Approvals;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Executors.Entra;

/// <summary>The groups that give a say in the bot: who decides, who takes over, who may ask for others.</summary>
internal sealed class PolicyGroups(ApprovalPolicy policy, RunbookCatalog runbooks, RunbookOptions? authors = null)
{
    public IReadOnlySet<string> Names => policy.Rules.SelectMany(r => r.Groups.Concat(r.EscalateTo))
        .Concat([policy.HandOffGroup, policy.SecurityGroup])
        .Concat(runbooks.All.SelectMany(r => r.OnBehalf.Groups))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whoever joins it gets a say, among the authors of runbooks too.</summary>
    public bool Grants(string name) => Names.Contains(name) || string.Equals(authors?.AuthorGroup, name, StringComparison.OrdinalIgnoreCase);
}
