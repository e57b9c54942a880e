using ItOps.Bot.Accounts;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>Accounts and groups of the machine's own files as they are now; what comes from a network directory is that directory's to tell.</summary>
internal sealed class LocalReader(LinuxTools tools, LocalAccountsOptions options, AccountOwners owners, TimeProvider time)
{
    public const string System = "local";

    private const int GetentNotFound = 2;

    private static readonly string[] s_noShells = ["/usr/sbin/nologin", "/sbin/nologin", "/usr/bin/nologin", "/bin/false", "/usr/bin/false", "/bin/sync", "/sbin/shutdown", "/sbin/halt"];

    public bool HasFaillock { get; } = File.Exists(LinuxTool.Faillock);

    public async Task<PasswdEntry?> UserAsync(string name, CancellationToken cancellationToken)
    {
        if (!LinuxNames.IsName(name))
            return null;
        var lines = await tools.ReadAsync(asRoot: false, LinuxTool.Getent, ["-s", "files", "passwd", "--", name], cancellationToken, GetentNotFound);
        return lines is [var line] && PasswdEntry.Read(line) is { } user && user.Name == name ? user : null;
    }

    /// <summary>The very account: both its number and its name are as they were.</summary>
    public async Task<PasswdEntry?> UserAsync(AccountId id, CancellationToken cancellationToken) =>
        id.System == System && LinuxNames.ParseId(id.ObjectId) is var (uid, name) && await UserAsync(name, cancellationToken) is { } user && user.Uid == uid ? user : null;

    public async Task<GroupEntry?> GroupAsync(string name, CancellationToken cancellationToken)
    {
        if (!LinuxNames.IsName(name))
            return null;
        var lines = await tools.ReadAsync(asRoot: false, LinuxTool.Getent, ["-s", "files", "group", "--", name], cancellationToken, GetentNotFound);
        return lines is [var line] && GroupEntry.Read(line) is { } group && group.Name == name ? group : null;
    }

    public async Task<GroupEntry?> GroupAsync(GroupId id, CancellationToken cancellationToken) =>
        id.System == System && LinuxNames.ParseId(id.ObjectId) is var (gid, name) && await GroupAsync(name, cancellationToken) is { } group && group.Gid == gid ? group : null;

    public async Task<ShadowEntry> ShadowAsync(PasswdEntry user, CancellationToken cancellationToken) =>
        await tools.ReadAsync(asRoot: true, LinuxTool.Getent, ["-s", "files", "shadow", "--", user.Name], cancellationToken, GetentNotFound) is [var line]
        && ShadowEntry.Read(line) is { } entry && entry.Name == user.Name
            ? entry
            : throw new LinuxToolException(ProblemCode.SystemUnavailable, $"The shadow entry of {user.Name} cannot be read; the bot needs to be root or Executors:LocalAccounts:Sudo.");

    public async Task<AccountSnapshot> SnapshotAsync(PasswdEntry user, CancellationToken cancellationToken)
    {
        var id = new AccountId(System, LinuxNames.Id(user.Uid, user.Name));
        var shadow = await ShadowAsync(user, cancellationToken);
        var tally = await TallyAsync(user, cancellationToken);
        var kind = options.BreakGlass.Contains(user.Name, StringComparer.Ordinal) ? AccountKind.BreakGlass
            : user.Uid < options.FirstPersonUid || user.Uid >= 65_534 || s_noShells.Contains(user.Shell) ? AccountKind.Service
            : AccountKind.Person;
        return new(id, user.Name, kind == AccountKind.Person ? await owners.OwnerAsync(System, [user.Name, id.ObjectId], cancellationToken) : null)
        {
            SystemName = options.DisplayName,
            Kind = kind,
            IsPrivileged = await IsPrivilegedAsync(user, cancellationToken),
            IsEnabled = !shadow.IsExpired(time.GetUtcNow()) && !shadow.IsLocked,
            LockedSince = LockedSince(tally),
            BadAttempts = tally.Failures.Count,
            PasswordLastSet = shadow.LastSet,
            PasswordExpiresAt = shadow.PasswordExpires,
            MustChangePassword = shadow.MustChange,
            Remarks = shadow.HasPassword ? [] : ["no password set; keys may still let somebody in"],
        };
    }

    public GroupSnapshot Snapshot(GroupEntry group)
    {
        var listed = options.Groups.FirstOrDefault(g => g.Name == group.Name);
        return new(new GroupId(System, LinuxNames.Id(group.Gid, group.Name)), group.Name, listed?.Description ?? "")
        {
            SystemName = options.DisplayName,
            Owners = listed?.Owners ?? [],
            Resource = listed?.Resource,
            IsPrivileged = IsPrivileged(group),
        };
    }

    /// <summary>Both: without its password, and expired, so that keys let nobody in either.</summary>
    public async Task<bool> IsBlockedAsync(PasswdEntry user, CancellationToken cancellationToken) =>
        await ShadowAsync(user, cancellationToken) is { } shadow && shadow.IsExpired(time.GetUtcNow()) && (shadow.IsLocked || !shadow.HasPassword);

    public async Task<bool> IsLockedAsync(PasswdEntry user, CancellationToken cancellationToken) => LockedSince(await TallyAsync(user, cancellationToken)) is not null;

    private async Task<FaillockTally> TallyAsync(PasswdEntry user, CancellationToken cancellationToken) =>
        FaillockTally.Read(HasFaillock ? await tools.ReadAsync(asRoot: true, LinuxTool.Faillock, ["--user", user.Name], cancellationToken) ?? [] : []);

    private DateTimeOffset? LockedSince(FaillockTally tally)
    {
        var rules = File.Exists(options.FaillockConfiguration) ? FaillockRules.Read(File.ReadLines(options.FaillockConfiguration)) : new FaillockRules();
        return tally.LockedSince(rules, time.GetUtcNow());
    }

    private async Task<bool> IsPrivilegedAsync(PasswdEntry user, CancellationToken cancellationToken)
    {
        if (user.Uid == 0 || user.Gid == 0)
            return true;
        foreach (var line in await tools.ReadAsync(asRoot: false, LinuxTool.Getent, ["-s", "files", "group"], cancellationToken) ?? [])
        {
            // A line that cannot be read could be of a group that counts.
            if (GroupEntry.Read(line) is not { } group)
                return true;
            if ((group.Gid == user.Gid || group.Members.Contains(user.Name, StringComparer.Ordinal)) && IsPrivileged(group))
                return true;
        }

        return false;
    }

    private bool IsPrivileged(GroupEntry group) => group.Gid == 0 || options.PrivilegedGroups.Contains(group.Name, StringComparer.Ordinal);
}
