using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Channels;

/// <summary>One chat platform: a folder with one class that implements this is found by itself and lives when <c>Channels:Name:Enabled</c> is true.</summary>
internal interface IChannelModule
{
    /// <summary>The name in the settings, such as "Slack".</summary>
    string Name { get; }

    /// <summary>Adds the channel, its self-check and what it needs.</summary>
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    void Register(IServiceCollection services, ChannelSettings settings);

    /// <summary>Maps what the platform calls; only when the channel is enabled.</summary>
    void Map(IEndpointRouteBuilder endpoints);
}
