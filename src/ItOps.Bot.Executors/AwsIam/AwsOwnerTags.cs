using ItOps.Bot.Accounts;
using ItOps.Bot.People;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>Whose a user is, by a tag that holds the person's id. Only users who are called as the person is are looked at: IAM finds nobody by tag.</summary>
internal sealed class AwsOwnerTags(IamClient client, AwsIamOptions options, string tag, Lazy<IPersonDirectory> people) : IAccountLinks
{
    public async Task<IReadOnlyList<string>> KeysOfAsync(PersonId person, string system, CancellationToken cancellationToken)
    {
        if (system != AwsIamReader.System || await people.Value.FindAsync(person, cancellationToken) is not { } found)
            return [];
        var keys = new List<string>();
        foreach (var account in options.Accounts)
        {
            foreach (var name in found.Names.Append(found.Email).Where(IamNames.IsUser).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (await client.UserAsync(account, name, cancellationToken) is { } user && OwnerOf(user) == person)
                    keys.Add(AwsIamReader.Key(account, user.Name));
            }
        }

        return keys;
    }

    public async Task<IReadOnlyList<PersonId>> OwnersOfAsync(string system, string key, CancellationToken cancellationToken) =>
        system == AwsIamReader.System && key.Split('/') is [var id, var name, ..] && IamNames.IsUser(name) && options.Accounts.FirstOrDefault(a => a.Id == id) is { } account
        && await client.UserAsync(account, name, cancellationToken) is { } user && OwnerOf(user) is { } owner
            ? [owner]
            : [];

    private PersonId? OwnerOf(IamUser user) => user.Tags.GetValueOrDefault(tag) is { Length: > 0 } value ? new PersonId(value) : null;
}
