using ItOps.Bot.People;

namespace ItOps.Bot.Host.Composition;

/// <summary>Whether the operator's bindings bind somebody, and how else people are recognised.</summary>
internal sealed class IdentitySelfCheck(IdentityOptions options, BindingConflicts conflicts, IEnumerable<IChannelProfiles> profiles) : ISelfCheck
{
    public string Name => "identity";

    /// <summary>A binding that binds nobody keeps one person out, and the bot from nothing else.</summary>
    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var binding in options.Bindings)
        {
            if (await conflicts.OfAsync(binding, cancellationToken) is { } problem)
                results.Add(new("binding", problem));
        }

        results.Add(new("bindings", null, options.Bindings.Count == 0 ? "those of the directory alone" : $"{options.Bindings.Count - results.Count} of {options.Bindings.Count} in the file bind somebody"));
        foreach (var binding in options.AccountBindings)
        {
            if (await conflicts.OfAsync(binding, cancellationToken) is { } problem)
                results.Add(new("account", problem));
        }

        if (options.AccountBindings.Count > 0)
            results.Add(new("accounts", null, $"{options.AccountBindings.Count - results.Count(r => r.What == "account")} of {options.AccountBindings.Count} in the file are somebody's"));
        results.Add(new("cool-down", null, options.CoolDown > TimeSpan.Zero
            ? $"what is bound or changed decides nothing for {options.CoolDown.TotalHours} hours (Identity:CoolDownHours)"
            : "off (Identity:CoolDownHours is 0): what is bound decides at once, which is for practice alone"));
        var platforms = profiles.Select(p => p.Channel).Order(StringComparer.Ordinal).ToList();
        results.Add(new("e-mail addresses", null, options.MatchByEmail
            ? $"on (Identity:MatchByEmail), which is weaker than binding people: {(platforms.Count == 0 ? "no channel that is enabled tells any" : string.Join(", ", platforms))}"
            : "not used to recognise people"));
        return results;
    }
}
