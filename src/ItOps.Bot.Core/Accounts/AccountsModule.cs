using ItOps.Bot.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Accounts;

/// <summary>The operations on accounts and groups, over every <see cref="IAccountDirectory"/> that is registered.</summary>
public static class AccountsModule
{
    public static IServiceCollection AddAccountOperations(this IServiceCollection services) => services
        .AddSingleton<AccountOwners>()
        .AddSingleton<AccountDirectories>()
        .AddSingleton<IOperation, ResetPassword>()
        .AddSingleton<IOperation, UnlockAccount>()
        .AddSingleton<IOperation, RevokeSessions>()
        .AddSingleton<IOperation, BlockAccount>()
        .AddSingleton<IOperation, AddGroupMember>()
        .AddSingleton<IOperation, RemoveGroupMember>();
}
