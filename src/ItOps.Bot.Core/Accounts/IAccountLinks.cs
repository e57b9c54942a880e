using ItOps.Bot.People;

namespace ItOps.Bot.Accounts;

/// <summary>
/// One source of what belongs to whom: which accounts of which systems are a person's. A key is what the system's <see cref="IAccountDirectory"/> finds the
/// account by: an object id, or a name where the operator writes it down.
/// </summary>
public interface IAccountLinks
{
    /// <summary>The keys that this source binds to the person in one system; empty when it knows none.</summary>
    Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken);

    /// <summary>Everybody to whom this source binds the key; empty when nobody.</summary>
    Task<IReadOnlyList<PersonId>> OwnersOfAsync(string system, string key, CancellationToken cancellationToken);
}
