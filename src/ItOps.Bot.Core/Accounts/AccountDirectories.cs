using ItOps.Bot.People;

namespace ItOps.Bot.Accounts;

/// <summary>All account systems that are configured, seen as one.</summary>
public sealed class AccountDirectories(IEnumerable<IAccountDirectory> directories)
{
    private readonly Dictionary<string, IAccountDirectory> _bySystem = directories.ToDictionary(d => d.System, StringComparer.Ordinal);

    public IReadOnlyCollection<IAccountDirectory> All => _bySystem.Values;

    public IAccountDirectory? Find(string system) => _bySystem.GetValueOrDefault(system);

    public async Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken)
    {
        var found = new List<AccountSnapshot>();
        foreach (var directory in _bySystem.Values)
            found.AddRange(await directory.AccountsOfAsync(owner, cancellationToken));
        return found;
    }

    /// <summary>Whether the system offers all of it; one that is not connected offers nothing.</summary>
    public bool Offers(string system, AccountAbilities abilities) => Find(system)?.Abilities.HasFlag(abilities) == true;

    public async Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
        Find(id.System) is { } directory ? await directory.ReadAsync(id, cancellationToken) : null;

    public async Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) =>
        Find(id.System) is { } directory ? await directory.ReadGroupAsync(id, cancellationToken) : null;
}
