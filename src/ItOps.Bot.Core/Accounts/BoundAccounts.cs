using ItOps.Bot.People;

namespace ItOps.Bot.Accounts;

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
