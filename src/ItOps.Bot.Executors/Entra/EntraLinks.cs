using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.Entra.Graph;
using ItOps.Bot.People;
using Microsoft.Graph.Models;

namespace ItOps.Bot.Executors.Entra;

/// <summary>
/// When people come from the tenant: their account there is theirs under the same id, and so is the Active Directory account that it is synchronised from. Neither depends on
/// whether the account is switched on.
/// </summary>
internal sealed class EntraLinks(GraphReader reader) : IAccountLinks
{
    private const string ActiveDirectory = "active-directory";

    public async Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken)
    {
        if (EntraIds.Read(person.Value) is not { } id || id != person.Value)
            return [];
        return system switch
        {
            EntraDirectory.Key => [id],
            ActiveDirectory => await reader.PersonAsync(id, cancellationToken) is { } user && ObjectGuidOf(user) is { } objectGuid ? [objectGuid] : [],
            _ => [],
        };
    }

    public async Task<IReadOnlyList<PersonId>> OwnersOfAsync(string system, string key, CancellationToken cancellationToken)
    {
        if (EntraIds.Read(key) is not { } id)
            return [];
        return system switch
        {
            EntraDirectory.Key => [new(id)],
            ActiveDirectory => [.. (await reader.PeopleAsync($"onPremisesImmutableId eq {ODataText.Quote(EntraIds.ToImmutable(Guid.Parse(id)))}", cancellationToken))
                .Where(user => ObjectGuidOf(user) == id).Select(user => new PersonId(user.Id!))],
            _ => [],
        };
    }

    /// <summary>Only of users who are synchronised: on others an administrator may write what they like.</summary>
    private static string? ObjectGuidOf(User user) => user.OnPremisesSyncEnabled == true ? EntraIds.FromImmutable(user.OnPremisesImmutableId) : null;
}
