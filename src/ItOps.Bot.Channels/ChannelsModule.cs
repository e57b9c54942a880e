using ItOps.Bot.Channels.Terminal;
using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Channels;

/// <param name="Settings">The section <c>Channels</c>, one child per channel.</param>
/// <param name="PublicUrl">Where people's browsers and the platforms reach the bot.</param>
/// <param name="IsDevelopment">Only then may a proof be waived, and then on loopback alone.</param>
public sealed record ChannelsOptions(IConfigurationSection Settings, Uri PublicUrl, bool IsDevelopment);

/// <summary>The ways to reach people outside the console.</summary>
public static class ChannelsModule
{
    private static readonly IChannelModule[] s_modules =
    [
        .. typeof(ChannelsModule).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IChannelModule)))
            .Select(type => (IChannelModule)Activator.CreateInstance(type)!)
            .OrderBy(module => module.Name, StringComparer.Ordinal),
    ];

    /// <summary>All chat platforms there are, enabled or not.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_modules.Select(module => module.Name)];

    /// <summary>Adds the chat platforms that are enabled; for the process that serves them.</summary>
    /// <exception cref="SettingException">A setting is missing, wrong, or of a channel that does not exist.</exception>
    public static IServiceCollection AddChannels(this IServiceCollection services, ChannelsOptions options)
    {
        if (options.Settings.GetChildren().FirstOrDefault(s => !Names.Contains(s.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new SettingException($"{unknown.Path} is not a channel; there are {string.Join(", ", Names)}.");

        var enabled = new List<IChannelModule>();
        foreach (var module in s_modules)
        {
            var settings = new ChannelSettings(options.Settings.GetSection(module.Name), options);
            if (!settings.Enabled)
                continue;
            module.Register(services, settings);
            enabled.Add(module);
        }

        return services.AddSingleton<Refusals>().AddSingleton<Errands>().AddHostedService(p => p.GetRequiredService<Errands>()).AddSingleton(new EnabledChannels(enabled));
    }

    public static void MapChannels(this IEndpointRouteBuilder endpoints)
    {
        foreach (var module in endpoints.ServiceProvider.GetRequiredService<EnabledChannels>().Modules)
            module.Map(endpoints);
    }

    /// <summary>Adds the terminal for one person; only a process that owns a terminal does.</summary>
    public static IServiceCollection AddTerminal(this IServiceCollection services, string person, TerminalScreen screen) => services
        .AddSingleton<IChannel>(new TerminalChannel(person, screen));

    private sealed record EnabledChannels(IReadOnlyList<IChannelModule> Modules);
}
