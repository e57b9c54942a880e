using ItOps.Bot.Host.Composition;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Chaos.Bots;

/// <summary>The bot as it is put together for everybody, on a database in a folder of its own, without a web server.</summary>
internal static class BotHost
{
    public static IHost Build(string folder, Action<IServiceCollection> change)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });

        // The console's pages are registered and never made here; validating them would ask for a web server.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = false }));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Folder"] = folder,
            ["Logs:Folder"] = "",
            ["Logging:LogLevel:Default"] = "Error",
            ["Executors:Sandbox:PasswordIterations"] = "1000",
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddBot(BotComposition.Settings(builder), builder.Configuration);
        change(builder.Services);
        return builder.Build();
    }
}
