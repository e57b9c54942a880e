using ItOps.Bot.Host.Composition;

namespace ItOps.Bot.Host.Commands;

/// <summary>The bot's parts for a command: without a web server, and silent but for errors on standard error.</summary>
internal static class CommandHost
{
    /// <summary>Nothing is started; a command that needs the workers starts the host.</summary>
    public static IHost Build(Action<IServiceCollection>? add = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"),
        });

        // The console's pages are registered and never made here; validating them would ask for a web server.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = false }));
        var settings = BotComposition.Settings(builder);
        builder.Configuration["Logging:LogLevel:Default"] = "Error";
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddBot(settings, builder.Configuration);
        add?.Invoke(builder.Services);
        return builder.Build();
    }
}
