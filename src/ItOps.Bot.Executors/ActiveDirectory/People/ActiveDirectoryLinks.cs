using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Objects;
using ItOps.Bot.People;

namespace ItOps.Bot.Executors.ActiveDirectory.People;

/// <summary>Where the domain says who works here, a person and their account are one object, whether or not it may sign in.</summary>
internal sealed class ActiveDirectoryLinks(PeopleReader people) : IAccountLinks
{
    public async Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken) =>
        system == ActiveDirectoryAccounts.Key && await people.EntryAsync(person.Value, cancellationToken) is { } entry ? [entry.ObjectId] : [];

    public async Task<IReadOnlyList<PersonId>> OwnersOfAsync(string system, string key, CancellationToken cancellationToken) =>
        system == ActiveDirectoryAccounts.Key && await people.EntryAsync(key, cancellationToken) is { } entry ? [new(entry.ObjectId)] : [];
}
