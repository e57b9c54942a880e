using ItOps.Bot.Console;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Host.Observing;

namespace ItOps.Bot.Host.Serving;

/// <summary>The web server: the console, the probes and the metrics.</summary>
public static class BotServer
{
    private const string DefaultUrl = "http://localhost:3978";

    /// <exception cref="SettingException">A setting is missing or wrong; nothing was started.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = BotComposition.Settings(builder);
        builder.Logging.AddBotLogging(settings);
        builder.Services.AddBot(settings, builder.Configuration).AddObserving(settings);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        var app = builder.Build();
        app.MapConsole();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }
}
