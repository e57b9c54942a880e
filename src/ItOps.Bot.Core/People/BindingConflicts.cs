using ItOps.Bot.Accounts;

namespace ItOps.Bot.People;

/// <summary>Which lines of the operator's own list bind nobody, or bind somebody else than another source does, and how to mend it.</summary>
public sealed class BindingConflicts(IdentityOptions options, IPersonDirectory people, IEnumerable<IAccountDirectory> directories)
{
    private readonly string[] _systems = [.. directories.Select(d => d.System).Order(StringComparer.Ordinal)];

    public IdentityOptions Options => options;

    /// <summary>None when the line binds exactly one person.</summary>
    public async Task<string?> OfAsync(ChannelBinding binding, CancellationToken cancellationToken)
    {
        var meant = await people.MeantAsync(binding.Person, cancellationToken);
        if (meant.Count != 1)
            return $"{binding.Origin}: {Nobody(binding.Person, meant.Count)}, so {binding.Identity} is nobody; write the person's id in the directory";
        return (await people.FindByChannelAsync(binding.Identity, cancellationToken)).Count == 1
            ? null
            : $"{binding.Origin}: the directory binds {binding.Identity} to somebody else than '{binding.Person}', so it is nobody; correct one of the two";
    }

    /// <summary>None when the line gives the account to exactly one person.</summary>
    public async Task<string?> OfAsync(AccountBinding binding, CancellationToken cancellationToken)
    {
        if (!_systems.Contains(binding.System))
        {
            var known = _systems.Length == 0 ? "none has any" : $"there are {string.Join(", ", _systems)}";
            return $"{binding.Origin}: no executor that is enabled has a system '{binding.System}'; {known}";
        }

        var meant = await people.MeantAsync(binding.Person, cancellationToken);
        return meant.Count == 1
            ? null
            : $"{binding.Origin}: {Nobody(binding.Person, meant.Count)}, so '{binding.Key}' of {binding.System} is nobody's; write the person's id in the directory";
    }

    private static string Nobody(string person, int count) => $"{(count == 0 ? "nobody has" : $"{count} people have")} the sign-in name or id '{person}'";
}
