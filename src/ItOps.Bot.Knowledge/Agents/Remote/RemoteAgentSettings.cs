using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>The settings of one agent, <c>Agent:Name:*</c>.</summary>
internal sealed class RemoteAgentSettings(IConfigurationSection section, string framework) : SettingsReader(section)
{
    public string Framework => framework;
}
