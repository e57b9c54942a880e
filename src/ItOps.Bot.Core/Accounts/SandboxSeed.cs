using ItOps.Bot.People;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Accounts;

/// <summary>
/// The practice organisation as <c>data/sandbox/people.yaml</c> describes it. People and their groups are read at every start; accounts and groups of
/// the systems only fill what is not stored yet.
/// </summary>
public sealed record SandboxSeed
{
    /// <summary>The account systems of the sandbox: key and name for people.</summary>
    public static readonly IReadOnlyDictionary<string, string> Systems = new Dictionary<string, string> { ["directory"] = "Directory", ["cloud"] = "Cloud" };

    /// <summary>What every account's password is at first, for the practice sign-in.</summary>
    public required Secret<string> PracticePassword { get; init; }

    public IReadOnlyList<SandboxPerson> People { get; init; } = [];

    public IReadOnlyList<OrganisationGroup> OrganisationGroups { get; init; } = [];

    public IReadOnlyList<SandboxAccountSeed> Accounts { get; init; } = [];

    public IReadOnlyList<SandboxGroupSeed> Groups { get; init; } = [];
}

/// <summary>A person and every channel identity that is theirs.</summary>
public sealed record SandboxPerson(Person Person, string SignInName, IReadOnlyList<ChannelIdentity> Identities);

/// <summary>A group of people that the bot's policies name ("it-approvers"). <paramref name="Groups"/> are nested in it.</summary>
public sealed record OrganisationGroup(string Name, IReadOnlyList<PersonId> People, IReadOnlyList<string> Groups);

public sealed record SandboxAccountSeed(AccountId Id, string Name, PersonId? Owner)
{
    public AccountKind Kind { get; init; }

    public bool Enabled { get; init; } = true;

    public int BadAttempts { get; init; }

    /// <summary>How long the account has been locked at the first start; none when it is not.</summary>
    public TimeSpan? LockedFor { get; init; }

    /// <summary>How old the password is at the first start.</summary>
    public TimeSpan PasswordAge { get; init; }

    public int Sessions { get; init; }
}

/// <summary>
/// A group of one system. <paramref name="Members"/> are accounts and <paramref name="Groups"/> are groups nested in it, all by object id in the same system.
/// </summary>
public sealed record SandboxGroupSeed(GroupId Id, string Name, string Description, IReadOnlyList<string> Members, IReadOnlyList<string> Groups)
{
    public IReadOnlyList<PersonId> Owners { get; init; } = [];

    public bool IsPrivileged { get; init; }

    public GroupResource? Resource { get; init; }
}
