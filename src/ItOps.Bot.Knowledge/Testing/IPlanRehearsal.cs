using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>Plays a case up to the plan, in a practice organisation that is thrown away; nothing is submitted and nothing runs.</summary>
public interface IPlanRehearsal
{
    /// <summary>What went otherwise than the case says; null when it went as it says.</summary>
    Task<string?> RehearseAsync(Runbook runbook, PlanCase plan, CancellationToken cancellationToken);
}
