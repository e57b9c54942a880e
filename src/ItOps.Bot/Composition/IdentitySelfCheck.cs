using ItOps.Bot.Accounts;
using ItOps.Bot.People;

namespace ItOps.Bot.Host.Composition;

/// <summary>Whether the operator's bindings bind somebody, and how else people are recognised.</summary>
internal sealed class IdentitySelfCheck(IdentityOptions options, IPersonDirectory people, IEnumerable<IChannelProfiles> profiles, IEnumerable<IAccountDirectory> directories) : ISelfCheck
{
    public string Name => "identity";

    /// <summary>A binding that binds nobody keeps one person out, and the bot from nothing else.</summary>
    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var binding in options.Bindings)
        {
            if (await ProblemAsync(binding, cancellationToken) is { } problem)
                results.Add(new("binding", problem));
        }

        results.Add(new("bindings", null, options.Bindings.Count == 0 ? "those of the directory alone" : $"{options.Bindings.Count - results.Count} of {options.Bindings.Count} in the file bind somebody"));
        foreach (var binding in options.AccountBindings)
        {
            if (await ProblemAsync(binding, cancellationToken) is { } problem)
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

    private async Task<string?> ProblemAsync(AccountBinding binding, CancellationToken cancellationToken)
    {
        var systems = directories.Select(d => d.System).Order(StringComparer.Ordinal).ToList();
        if (!systems.Contains(binding.System))
            return $"{binding.Origin}: no executor that is enabled has a system '{binding.System}'; {(systems.Count == 0 ? "none has any" : $"there are {string.Join(", ", systems)}")}";
        var meant = await people.MeantAsync(binding.Person, cancellationToken);
        return meant.Count == 1
            ? null
            : $"{binding.Origin}: {(meant.Count == 0 ? "nobody has" : $"{meant.Count} people have")} the sign-in name or id '{binding.Person}', so '{binding.Key}' of {binding.System} is nobody's; write the person's id in the directory";
    }

    private async Task<string?> ProblemAsync(ChannelBinding binding, CancellationToken cancellationToken)
    {
        if (people is not BoundPeople bound)
            return null;
        var meant = await bound.MeantAsync(binding, cancellationToken);
        if (meant.Count != 1)
            return $"{binding.Origin}: {(meant.Count == 0 ? "nobody has" : $"{meant.Count} people have")} the sign-in name or id '{binding.Person}', so {binding.Identity} is nobody; write the person's id in the directory";
        var found = await bound.FindByChannelAsync(binding.Identity, cancellationToken);
        return found.Count == 1 ? null : $"{binding.Origin}: the directory binds {binding.Identity} to somebody else than '{binding.Person}', so it is nobody; correct one of the two";
    }
}
