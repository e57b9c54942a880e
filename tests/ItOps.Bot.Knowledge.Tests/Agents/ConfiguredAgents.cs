using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>Agents as the bot makes them of settings.</summary>
internal static class ConfiguredAgents
{
    public static ServiceProvider Of(Dictionary<string, string> settings, TimeProvider time, params string[] named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return new ServiceCollection().AddSingleton(time).AddRemoteAgents(configuration.GetSection("Agent"), named).BuildServiceProvider();
    }

    /// <summary>The only agent there is.</summary>
    public static IAgent Agent(Dictionary<string, string> settings, TimeProvider time, string? key)
    {
        var given = settings.Where(s => !s.Key.EndsWith(":Key", StringComparison.Ordinal) || key is not null)
            .ToDictionary(s => s.Key, s => s.Key.EndsWith(":Key", StringComparison.Ordinal) ? key! : s.Value);
        return Of(given, time).GetRequiredService<IAgent>();
    }

    /// <summary>What <c>doctor</c> says of the only agent there is; the problems begin with "WRONG".</summary>
    public static async Task<IReadOnlyList<string>> ExamineAsync(Dictionary<string, string> settings, TimeProvider time)
    {
        await using var services = Of(settings, time);
        var check = services.GetRequiredService<ISelfCheck>();
        Assert.Null(check.Problem);
        return [.. (await check.ExamineAsync(TestContext.Current.CancellationToken)).Select(r => $"{(r.Problem is null ? "ok" : "WRONG")} {check.Name} {r.What}: {r.Problem ?? r.Well}")];
    }
}
