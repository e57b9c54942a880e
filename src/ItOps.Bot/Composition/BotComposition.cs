using ItOps.Bot.Accounts;
using ItOps.Bot.Agents;
using ItOps.Bot.Channels;
using ItOps.Bot.Console;
using ItOps.Bot.Executors;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Agents;
using ItOps.Bot.Knowledge.Llm;
using ItOps.Bot.Knowledge.Sandbox;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Secrets;
using ItOps.Bot.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace ItOps.Bot.Host.Composition;

/// <summary>Puts the parts together, the same for the server, the commands and the tests.</summary>
public static class BotComposition
{
    /// <summary>Reads the settings, which come from the root appsettings.json beside the binary, then the environment, then arguments.</summary>
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static BotSettings Settings(IHostApplicationBuilder builder)
    {
        var isDevelopment = builder.Environment.IsDevelopment();
        if (isDevelopment && string.IsNullOrEmpty(builder.Configuration["Executors:Sandbox:Enabled"]))
            builder.Configuration["Executors:Sandbox:Enabled"] = "true";
        return BotSettings.From(builder.Configuration, isDevelopment, builder.Environment.ContentRootPath);
    }

    public static IServiceCollection AddBot(this IServiceCollection services, BotSettings settings, IConfiguration configuration) => services
        .AddSingleton(settings)
        .AddSingleton(new RunbookOptions(settings.RunbookAuthorGroup))
        .AddCore()
        .AddProtectedSecrets(settings)
        .AddStorage(new() { Provider = settings.StorageProvider, ConnectionString = settings.ConnectionString })
        .AddKnowledge(new() { RunbookFolder = settings.RunbookFolder, ScriptFolder = Path.Combine(settings.DataFolder, "scripts"), PolicyFile = settings.PolicyFile, AssuranceFile = settings.AssuranceFile, Chroma = settings.Chroma })
        .AddLlm(configuration)
        .AddSandbox(settings)
        .AddAgents(configuration)
        .AddExecutors(ExecutorPolicies.Read(settings, new(configuration.GetSection("Executors"), settings.RunbookFolder, settings.IsDevelopment, settings.PeopleSource)))
        .AddIdentity(settings)
        .AddConsole(SignInComposition.Options(settings, configuration));

    /// <summary>The chat platforms; only for the process that serves them, and for looking at their settings.</summary>
    public static IServiceCollection AddBotChannels(this IServiceCollection services, BotSettings settings, IConfiguration configuration) =>
        services.AddChannels(new(configuration.GetSection("Channels"), settings.PublicUrl, settings.IsDevelopment));

    private static IServiceCollection AddProtectedSecrets(this IServiceCollection services, BotSettings settings)
    {
        var keys = OwnFolder(Path.Combine(settings.DataFolder, "keys"));
        services.AddDataProtection().SetApplicationName("ItOps.Bot").PersistKeysToFileSystem(keys);
        return services.AddSingleton<ISecretProtector, DataProtectionSecrets>();
    }

    private static IServiceCollection AddAgents(this IServiceCollection services, IConfiguration configuration)
    {
        var named = AgentSettings.Named(configuration);
        return services.AddSingleton<IAgentSettings>(new AgentSettings(configuration)).AddRemoteAgents(configuration.GetSection("Agent"), named);
    }

    private static DirectoryInfo OwnFolder(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private static IServiceCollection AddSandbox(this IServiceCollection services, BotSettings settings)
    {
        if (!settings.SandboxEnabled)
            return services;
        var (seed, problems) = SandboxSeedReader.ReadFile(settings.PeopleFile);
        return seed is null
            ? throw new SettingException("Executors:Sandbox:PeopleFile cannot be read:\n" + string.Join('\n', problems))
            : services.AddSingleton(seed);
    }
}
