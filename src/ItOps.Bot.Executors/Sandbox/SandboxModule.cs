using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>
/// The practice organisation: people, two account systems, and a sign-in to try things out. Needs a <see cref="SandboxSeed"/> and an
/// <see cref="ISandboxState"/>.
/// </summary>
internal sealed class SandboxModule : IExecutorModule
{
    public string Name => "Sandbox";

    public bool OffersPeople => true;

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        if (!settings.IsDevelopment)
            throw settings.Wrong("Enabled", "must be false outside Development: the sandbox lets anybody be anyone");

        services.AddSingleton(new SandboxOptions(settings.Whole("PasswordIterations", new SandboxOptions().PasswordIterations, 1_000, 10_000_000)));
        services.AddSingleton<SandboxDocuments>();
        if (settings.IsPeopleSource)
            services.AddSingleton<IPersonDirectory, SandboxPeople>();
        services.AddSingleton<IPracticeSignIn, PracticeSignIn>();
        foreach (var (key, displayName) in SandboxSeed.Systems)
            services.AddSingleton<IAccountDirectory>(provider => ActivatorUtilities.CreateInstance<SandboxDirectory>(provider, key, displayName));
        services.AddHostedService<SandboxSeeder>();
    }
}
