using ItOps.Bot.Accounts;
using ItOps.Bot.Cloud;
using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors;

/// <param name="Settings">The section <c>Executors</c>, one child per executor.</param>
/// <param name="RunbookFolder">The absolute path of the folder that holds the runbooks and their scripts.</param>
/// <param name="IsDevelopment">Only then may the sandbox be enabled.</param>
/// <param name="PeopleSource">The executor that says who works here.</param>
public sealed record ExecutorsOptions(IConfigurationSection Settings, string RunbookFolder, bool IsDevelopment, string PeopleSource)
{
    /// <summary>The commands that may be run; none when nobody says so.</summary>
    public CommandPolicy Commands { get; init; } = CommandPolicy.None;

    /// <summary>The calls to AWS that may be made; none when nobody says so.</summary>
    public AwsPolicy Aws { get; init; } = AwsPolicy.None;
}

/// <summary>Everything that acts on systems: the executors that are enabled, and the operations on accounts over them.</summary>
public static class ExecutorsModule
{
    private static readonly IExecutorModule[] s_modules =
    [
        .. typeof(ExecutorsModule).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IExecutorModule)))
            .Select(type => (IExecutorModule)Activator.CreateInstance(type)!)
            .OrderBy(module => module.Name, StringComparer.Ordinal),
    ];

    /// <summary>All executors there are, enabled or not.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_modules.Select(module => module.Name)];

    /// <summary>The executors that <c>Identity:Source</c> may name.</summary>
    public static IReadOnlyList<string> PeopleSources { get; } = [.. s_modules.Where(module => module.OffersPeople).Select(module => module.Name)];

    /// <exception cref="SettingException">A setting is missing, wrong, or of an executor that does not exist.</exception>
    public static IServiceCollection AddExecutors(this IServiceCollection services, ExecutorsOptions options)
    {
        if (options.Settings.GetChildren().FirstOrDefault(s => !Names.Contains(s.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new SettingException($"{unknown.Path} is not an executor; there are {string.Join(", ", Names)}.");

        if (!PeopleSources.Contains(options.PeopleSource, StringComparer.OrdinalIgnoreCase))
            throw new SettingException($"Identity:Source is '{options.PeopleSource}'; it must be one of {string.Join(", ", PeopleSources)}.");

        services.AddAccountOperations().AddSingleton<OperationCatalog>().AddSingleton<ProcessRunner>()
            .AddSingleton(provider => new SecretMask(provider.GetService<IConfiguration>()))
            .AddSingleton(options.Commands)
            .AddSingleton(BotHostOptions.Usual)
            .AddSingleton(new HostOptions(DeviceIsBotHost: options.IsDevelopment))
            .AddSingleton<BotHost>()
            .AddSingleton<HostCatalog>();
        foreach (var module in s_modules)
        {
            var settings = new ExecutorSettings(options.Settings.GetSection(module.Name), options, module.Name);
            if (settings.Enabled)
                module.Register(services, settings);
            else if (settings.IsPeopleSource)
                throw new SettingException($"Identity:Source is '{options.PeopleSource}', so {options.Settings.Path}:{module.Name}:Enabled must be true.");
            else
                module.Declare(services, settings);
        }

        return services.Count(s => s.ServiceType == typeof(ITicketDesk)) <= 1
            ? services
            : throw new SettingException($"{options.Settings.Path}:JiraServiceManagement:Enabled and {options.Settings.Path}:ServiceNow:Enabled are both true; tickets go to one system.");
    }
}
