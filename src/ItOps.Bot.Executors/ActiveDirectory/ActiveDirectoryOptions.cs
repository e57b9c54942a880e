using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.ActiveDirectory;

/// <summary>How the domain is reached, and what in it means what. See docs/connecting-active-directory.md for each setting.</summary>
internal sealed record ActiveDirectoryOptions
{
    /// <summary>In the order in which they are tried.</summary>
    public required IReadOnlyList<DomainController> Servers { get; init; }

    public required LdapEncryption Encryption { get; init; }

    /// <summary>Certificates of the authorities that may vouch for a domain controller; none for those that the machine trusts.</summary>
    public string? CaFile { get; init; }

    public required string ServiceAccount { get; init; }

    public required Secret<string> Password { get; init; }

    /// <summary>Nothing outside of it is found or touched.</summary>
    public required string BaseDn { get; init; }

    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(10);

    public int Connections { get; init; } = 4;

    /// <summary>A reset obeys the password history too.</summary>
    public bool PasswordHistory { get; init; }

    /// <summary>Beyond those that the domain protects by itself; by sAMAccountName or objectGUID.</summary>
    public IReadOnlyList<string> PrivilegedGroups { get; init; } = [];

    /// <summary>By sAMAccountName or objectGUID.</summary>
    public IReadOnlyList<string> BreakGlassAccounts { get; init; } = [];

    public IReadOnlyList<DistinguishedName> ServiceAccountContainers { get; init; } = [];

    /// <summary>The groups that people may ask for by the name of what is behind them; the first is the group's sAMAccountName.</summary>
    public IReadOnlyList<(string Group, GroupResource Resource)> Resources { get; init; } = [];

    /// <summary>Where the people are; what is not in <see cref="BaseDn"/> too has no account here.</summary>
    public required string PeopleBaseDn { get; init; }

    /// <summary>Where the groups are that policies name; none when others say who works here.</summary>
    public string? PolicyGroupsBaseDn { get; init; }

    /// <summary>An account to look at the bot's own rights with, by sAMAccountName.</summary>
    public string? TestAccount { get; init; }
}

internal enum LdapEncryption { Ldaps, StartTls }

/// <summary>One server. The name is what its certificate must be issued for.</summary>
internal sealed record DomainController(string Host, int Port)
{
    public override string ToString() => $"{Host}:{Port}";
}
