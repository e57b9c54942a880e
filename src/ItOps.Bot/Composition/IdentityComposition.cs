using ItOps.Bot.Accounts;
using ItOps.Bot.Knowledge.Bindings;
using ItOps.Bot.People;

namespace ItOps.Bot.Host.Composition;

/// <summary>How chat accounts become people: what the directory binds, what the operator's file binds and, where allowed, the e-mail address.</summary>
internal static class IdentityComposition
{
    /// <summary>Comes after whatever adds the directory of people.</summary>
    /// <exception cref="SettingException">The file of bindings cannot be read.</exception>
    public static IServiceCollection AddIdentity(this IServiceCollection services, BotSettings settings)
    {
        var bindings = Bindings(settings.BindingsFile);
        services
            .AddSingleton(new IdentityOptions { MatchByEmail = settings.MatchByEmail, Bindings = bindings.Identities, AccountBindings = bindings.Accounts, CoolDown = settings.CoolDown })
            .AddSingleton<ISelfCheck, IdentitySelfCheck>()
            .AddHostedService<IdentityReport>();
        if (bindings.Accounts.Count > 0)
            services.AddSingleton<IAccountLinks>(provider => new BoundAccounts(provider.GetRequiredService<IPersonDirectory>(), bindings.Accounts));
        if (bindings.Identities.Count == 0 || services.LastOrDefault(s => s.ServiceType == typeof(IPersonDirectory))?.ImplementationType is not { } directory)
            return services;
        return services.AddSingleton<IPersonDirectory>(provider => new BoundPeople((IPersonDirectory)ActivatorUtilities.CreateInstance(provider, directory), bindings.Identities));
    }

    private static WrittenBindings Bindings(string? file)
    {
        if (file is null)
            return new([], []);
        var (bindings, problems) = BindingsReader.ReadFile(file);
        return bindings ?? throw new SettingException("Identity:BindingsFile cannot be used:\n" + string.Join('\n', problems));
    }
}
