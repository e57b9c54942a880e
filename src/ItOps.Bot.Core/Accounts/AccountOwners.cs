using ItOps.Bot.People;

namespace ItOps.Bot.Accounts;

/// <summary>Whose an account is, from all sources together. What two people could claim is nobody's.</summary>
public sealed class AccountOwners(IEnumerable<IAccountLinks> sources)
{
    private readonly IAccountLinks[] _sources = [.. sources];

    /// <summary>The one owner; none when nobody is bound to any of <paramref name="keys"/>, or more than one person.</summary>
    public async Task<PersonId?> OwnerAsync(string system, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var owners = new HashSet<PersonId>();
        foreach (var source in _sources)
        {
            foreach (var key in keys)
                owners.UnionWith(await source.OwnersOfAsync(system, key, cancellationToken));
        }

        return owners.Count == 1 ? owners.Single() : null;
    }

    /// <summary>The keys that are bound to the person. Whether somebody else claims the account too is for <see cref="OwnerAsync"/> to say.</summary>
    public async Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        foreach (var source in _sources)
            keys.AddRange(await source.KeysOfAsync(person, system, cancellationToken));
        return [.. keys.Distinct(StringComparer.Ordinal)];
    }
}
