using ItOps.Bot.Commits;
using ItOps.Bot.People;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Accounts;

/// <summary>All account systems that are configured, seen as one.</summary>
public sealed class AccountDirectories(IEnumerable<IAccountDirectory> directories, ILogger<AccountDirectories>? log = null)
{
    private readonly Dictionary<string, IAccountDirectory> _bySystem = directories.ToDictionary(d => d.System, StringComparer.Ordinal);
    private readonly ILogger _log = log ?? NullLogger<AccountDirectories>.Instance;

    public IReadOnlyCollection<IAccountDirectory> All => _bySystem.Values;

    public IAccountDirectory? Find(string system) => _bySystem.GetValueOrDefault(system);

    /// <summary>The accounts of a person in every system that answers.</summary>
    public Task<Answers<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken) =>
        AskAsync(d => d.AccountsOfAsync(owner, cancellationToken), cancellationToken);

    /// <summary>What may be asked for by name in every system that answers.</summary>
    public Task<Answers<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken) => AskAsync(d => d.GroupsAsync(cancellationToken), cancellationToken);

    /// <summary>The accounts of exactly this sign-in name in every system that answers.</summary>
    public Task<Answers<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(d => d.FindByNameAsync(name, cancellationToken), cancellationToken);

    /// <summary>Whether the system offers all of it; one that is not connected offers nothing.</summary>
    public bool Offers(string system, AccountAbilities abilities) => Find(system)?.Abilities.HasFlag(abilities) == true;

    public async Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
        Find(id.System) is { } directory ? await directory.ReadAsync(id, cancellationToken) : null;

    public async Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) =>
        Find(id.System) is { } directory ? await directory.ReadGroupAsync(id, cancellationToken) : null;

    /// <summary>One system that is away must not take the others with it; who asks learns that it kept silent.</summary>
    private async Task<Answers<T>> AskAsync<T>(Func<IAccountDirectory, Task<IReadOnlyList<T>>> question, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        var silent = new List<string>();
        foreach (var directory in _bySystem.Values)
        {
            try
            {
                found.AddRange(await question(directory));
            }
            catch (Exception e) when (e is not StoreUnavailableException && !cancellationToken.IsCancellationRequested)
            {
                _log.LogWarning(e, "{System} does not answer; what it holds is left out", directory.DisplayName);
                silent.Add(directory.DisplayName);
            }
        }

        return new(found, silent);
    }
}

/// <summary>What the systems know, and the names of those that gave no answer: what is missing may be there.</summary>
public sealed record Answers<T>(IReadOnlyList<T> Found, IReadOnlyList<string> Silent);
