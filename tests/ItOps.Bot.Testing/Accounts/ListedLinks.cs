using ItOps.Bot.Accounts;
using ItOps.Bot.People;

namespace ItOps.Bot.Testing.Accounts;

/// <summary>Accounts that a test writes down as somebody's.</summary>
public sealed class ListedLinks(params (string Person, string System, string Key)[] links) : IAccountLinks
{
    public Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. links.Where(l => l.Person == person.Value && l.System == system).Select(l => l.Key)]);

    public Task<IReadOnlyList<PersonId>> OwnersOfAsync(string system, string key, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PersonId>>([.. links.Where(l => l.System == system && l.Key == key).Select(l => new PersonId(l.Person))]);
}
