using System.Globalization;
using ItOps.Bot.Accounts;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>Users and groups as they are now, in the words of the port.</summary>
internal sealed class AwsIamReader(IamClient client, IamPower power, AccountOwners owners, AwsIamOptions options)
{
    public const string System = "aws-iam";

    public AwsAccount? Account(string id) => options.Accounts.FirstOrDefault(a => a.Id == id);

    /// <summary>The very user; none when another one has the name by now.</summary>
    public async Task<(AwsAccount Account, IamUser User)?> UserAsync(AccountId id, CancellationToken cancellationToken) =>
        id.System == System && AwsObjectId.Parse(id.ObjectId) is { } parts && IamNames.IsUser(parts.Name) && Account(parts.Account) is { } account
        && await client.UserAsync(account, parts.Name, cancellationToken) is { } user && user.UniqueId == parts.UniqueId
            ? (account, user)
            : null;

    public async Task<(AwsAccount Account, IamGroup Group)?> GroupAsync(GroupId id, CancellationToken cancellationToken) =>
        id.System == System && AwsObjectId.Parse(id.ObjectId) is { } parts && Account(parts.Account) is { } account
        && await client.GroupAsync(account, parts.Name, cancellationToken) is { } group && group.UniqueId == parts.UniqueId
            ? (account, group)
            : null;

    /// <summary>What the operator's list of accounts calls a user.</summary>
    public static string Key(AwsAccount account, string user) => $"{account.Id}/{user}";

    public async Task<AccountSnapshot> SnapshotAsync(AwsAccount account, IamUser user, CancellationToken cancellationToken)
    {
        var id = new AccountId(System, new AwsObjectId(account.Id, user.Name, user.UniqueId).ToString());
        var profile = await client.LoginProfileAsync(account, user.Name, cancellationToken);
        var keys = await client.AccessKeysAsync(account, user.Name, cancellationToken);
        var attached = await client.AttachedToUserAsync(account, user.Name, cancellationToken);
        var groups = await client.GroupsOfAsync(account, user.Name, cancellationToken);
        var kind = power.KindOf(account, user);
        return new(id, user.Name, kind == AccountKind.Person ? await owners.OwnerAsync(System, [Key(account, user.Name), id.ObjectId], cancellationToken) : null)
        {
            SystemName = NameOf(account),
            Kind = kind,
            IsPrivileged = await power.IsPrivilegedAsync(account, user, attached, groups, cancellationToken),
            IsEnabled = !attached.Any(DenyAll.Is),
            IsLocked = IsLocked(profile, keys),
            MustChangePassword = profile?.ResetRequired == true,
            Remarks = [.. Remarks(user, profile, keys, attached)],
        };
    }

    public async Task<GroupSnapshot> SnapshotAsync(AwsAccount account, IamGroup group, CancellationToken cancellationToken)
    {
        var listed = options.Groups.FirstOrDefault(g => g.Account == account.Id && g.Name == group.Name);
        return new(new GroupId(System, new AwsObjectId(account.Id, group.Name, group.UniqueId).ToString()), group.Name, listed?.Description ?? "")
        {
            SystemName = NameOf(account),
            Owners = listed?.Owners ?? [],
            Resource = listed?.Resource,
            IsPrivileged = await power.IsPrivilegedAsync(account, group, cancellationToken),
        };
    }

    /// <summary>IAM knows no lockout: without a console password and with every access key switched off, no way in is left.</summary>
    public static bool IsLocked(IamLoginProfile? profile, IReadOnlyList<IamAccessKey> keys) => profile is null && keys.Count > 0 && !keys.Any(k => k.IsActive);

    /// <summary>With several AWS accounts the name says which: the same user name may be in each.</summary>
    private string NameOf(AwsAccount account) => options.Accounts.Count == 1 ? "AWS" : $"AWS {account.Name}";

    private IEnumerable<string> Remarks(IamUser user, IamLoginProfile? profile, IReadOnlyList<IamAccessKey> keys, IReadOnlyList<IamAttachedPolicy> attached)
    {
        if (power.QuarantineOf(attached.Where(p => !DenyAll.Is(p)).Select(p => p.Name)) is { } quarantine)
            yield return $"put aside by the policy {quarantine}";
        if (profile is null)
            yield return "no console password; a reset gives it one";
        else if (user.PasswordLastUsed is { } used)
            yield return $"console password last used {used.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}";
        var active = keys.Count(k => k.IsActive);
        if (keys.Count > active)
            yield return string.Create(CultureInfo.InvariantCulture, $"{keys.Count - active} of {keys.Count} access keys inactive");
    }
}
