using ItOps.Bot.Accounts;
using ItOps.Bot.People;

namespace ItOps.Bot.Executors.Jira;

/// <summary>
/// Where the operator allows it: an account is the one person's whose address in the directory of people is the account's. Beside another source that binds the account to
/// somebody else it makes the account nobody's, and takes it from no one.
/// </summary>
internal sealed class JiraEmailLinks(JiraClient client, IPersonDirectory people) : IAccountLinks
{
    public async Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken)
    {
        if (system != JiraDirectory.Key || await people.FindAsync(person, cancellationToken) is not { Email: { Length: > 0 } email })
            return [];
        var accounts = (await JiraNames.FindAsync(client, email, cancellationToken)).Where(u => u is { Active: true, AccountType: JiraUser.Person }).ToList();
        return accounts is [var only] ? [only.AccountId] : [];
    }

    public async Task<IReadOnlyList<PersonId>> OwnersOfAsync(string system, string key, CancellationToken cancellationToken)
    {
        if (system != JiraDirectory.Key || !JiraIds.IsAccount(key)
            || await client.UserAsync(key, cancellationToken) is not { AccountType: JiraUser.Person, EmailAddress: { Length: > 0 } email })
            return [];
        var wanted = new PersonName(email);
        return [.. (await people.FindByNameAsync(email, cancellationToken)).Where(p => new PersonName(p.Email).Matches(wanted)).Select(p => p.Id)];
    }
}
