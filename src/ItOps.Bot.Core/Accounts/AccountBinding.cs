using ItOps.Bot.People;

namespace ItOps.Bot.Accounts;

/// <summary>
/// One line of the operator's own list: this account of that system is that person's. <paramref name="Person"/> is a sign-in name or the id in the directory;
/// <paramref name="Origin"/> says where it stands, as <c>file:line</c>.
/// </summary>
public sealed record AccountBinding(string Person, string System, string Key, string Origin);

/// <summary>What the operator's own list says about accounts. A line that may mean two people names both, and so is nobody's.</summary>
public sealed class BoundAccounts(IPersonDirectory people, IReadOnlyList<AccountBinding> bindings) : IAccountLinks
{
    private readonly ILookup<(string System, string Key), AccountBinding> _byKey = bindings.ToLookup(b => (b.System, b.Key));

    public async Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(person, cancellationToken) is not { } known)
            return [];
        var keys = new List<string>();
        foreach (var binding in bindings.Where(b => b.System == system && known.IsCalled(b.Person)))
        {
            if (await people.MeantAsync(binding.Person, cancellationToken) is [var only] && only.Id == person)
                keys.Add(binding.Key);
        }

        return keys;
    }

    public async Task<IReadOnlyList<PersonId>> OwnersOfAsync(string system, string key, CancellationToken cancellationToken)
    {
        var owners = new List<PersonId>();
        foreach (var binding in _byKey[(system, key)])
            owners.AddRange((await people.MeantAsync(binding.Person, cancellationToken)).Select(p => p.Id));
        return [.. owners.Distinct()];
    }
}
