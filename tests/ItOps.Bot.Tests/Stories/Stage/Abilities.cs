using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>Account systems that can do less than the sandbox can.</summary>
internal static class Abilities
{
    /// <summary>A system that does not offer some of it.</summary>
    public static Action<IServiceCollection> Without(string system, AccountAbilities missing) => services => Replace(services, system, d => d.Lacks = missing);

    /// <summary>A system that refuses to end sessions.</summary>
    public static Action<IServiceCollection> RefusingToRevoke(string system) => services => Replace(services, system, d => d.RefusesToRevoke = true);

    private static void Replace(IServiceCollection services, string system, Action<Weaker> change)
    {
        foreach (var registered in services.Where(s => s.ServiceType == typeof(IAccountDirectory)).ToList())
        {
            services.Remove(registered);
            services.AddSingleton<IAccountDirectory>(p =>
            {
                var inner = registered.ImplementationFactory is { } make ? (IAccountDirectory)make(p)
                    : registered.ImplementationInstance as IAccountDirectory ?? (IAccountDirectory)ActivatorUtilities.CreateInstance(p, registered.ImplementationType!);
                if (inner.System != system)
                    return inner;
                var weaker = new Weaker(inner);
                change(weaker);
                return weaker;
            });
        }
    }

    private sealed class Weaker(IAccountDirectory inner) : IAccountDirectory
    {
        public AccountAbilities Lacks { get; set; }

        public bool RefusesToRevoke { get; set; }

        public string System => inner.System;

        public string DisplayName => inner.DisplayName;

        public IReadOnlyList<string> Aliases => inner.Aliases;

        public AccountAbilities Abilities => inner.Abilities & ~Lacks;

        public Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken) => inner.AccountsOfAsync(owner, cancellationToken);

        public Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken) => inner.FindByNameAsync(name, cancellationToken);

        public Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) => inner.ReadAsync(id, cancellationToken);

        public Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken) =>
            inner.ResetPasswordAsync(id, newPassword, mustChange, cancellationToken);

        public Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken) =>
            inner.CheckPasswordAsync(id, password, since, cancellationToken);

        public Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) => inner.BlockAsync(id, cancellationToken);

        public Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) => inner.UnlockAsync(id, cancellationToken);

        public Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) => RefusesToRevoke
            ? Task.FromResult<Result<Done>>(new Problem(ProblemCode.PolicyRefused, "Sessions are not ended here."))
            : inner.RevokeSessionsAsync(id, cancellationToken);

        public Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken) => inner.GroupsAsync(cancellationToken);

        public Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) => inner.ReadGroupAsync(id, cancellationToken);

        public Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken) => inner.IsMemberAsync(group, account, direct, cancellationToken);

        public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) => inner.AddMemberAsync(group, account, cancellationToken);

        public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) => inner.RemoveMemberAsync(group, account, cancellationToken);
    }
}
