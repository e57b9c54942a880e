using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Accounts;

/// <summary>
/// The port that every account system implements: the sandbox, Active Directory, Entra ID and so on. The operations on accounts and groups are
/// written once over it. Expected refusals are <see cref="Problem"/>s
/// (<see cref="ProblemCode.PolicyRefused"/>, <see cref="ProblemCode.SystemUnavailable"/>, <see cref="ProblemCode.NoSuchAccount"/>, …);
/// an exception means that it is not known whether the call took effect.
/// </summary>
public interface IAccountDirectory
{
    /// <summary>The stable key used in <see cref="AccountId.System"/>.</summary>
    string System { get; }

    /// <summary>The name for people.</summary>
    string DisplayName { get; }

    /// <summary>What people call the system besides its name, in lower case: "windows", "aws".</summary>
    IReadOnlyList<string> Aliases => [];

    AccountAbilities Abilities { get; }

    Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken);

    /// <summary>Accounts whose sign-in name is exactly <paramref name="name"/> (ordinal, ignoring case), service accounts included.</summary>
    Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken);

    Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken);

    /// <summary>Sets the password, clears a lockout, and (where the system can) forces a change at next sign-in.</summary>
    Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken);

    /// <summary>
    /// Whether <paramref name="password"/>, which the bot meant to set at <paramref name="since"/> or later, is in force: by signing in with it where the system
    /// allows that, else by when it was last set.
    /// </summary>
    Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Keeps anybody from signing in as the account. Nothing is deleted; a person at IT can lift it. Blocking what is blocked is <see cref="Done"/>.</summary>
    Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken);

    Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken);

    Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken);

    /// <summary>All groups that may be asked for by name.</summary>
    Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken);

    Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken);

    /// <summary>Whether the account is in the group; with <paramref name="direct"/>, leaving nesting aside.</summary>
    Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken);

    /// <summary>Adds a direct member. Adding one who is there already is <see cref="Done"/>.</summary>
    Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken);

    /// <summary>Removes a direct member. Removing one who is not there is <see cref="Done"/>.</summary>
    Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken);
}
