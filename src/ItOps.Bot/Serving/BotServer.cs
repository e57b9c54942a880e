using ItOps.Bot.Channels;
using ItOps.Bot.Console;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Host.Observing;

namespace ItOps.Bot.Host.Serving;

/// <summary>The web server: the console, what the chat platforms call, the probes and the metrics.</summary>
public static class BotServer
{
    private const string DefaultUrl = "http://localhost:3978";

    /// <param name="args">Settings.</param>
    /// <param name="add">For what is measured or tried out on the bot: what it registers comes after, and so before, the bot's own.</param>
    /// <exception cref="SettingException">A setting is missing or wrong; nothing was started.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? add = null)
    {
        // Settings are read once, so that no file of them needs a watch of the system's few.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false", .. args], ContentRootPath = AppContext.BaseDirectory });
        var settings = BotComposition.Settings(builder);
        builder.Logging.AddBotLogging(settings);
        builder.Services.AddBot(settings, builder.Configuration).AddBotChannels(settings, builder.Configuration).AddObserving(settings).AddApiDocument();
        add?.Invoke(builder.Services);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        var app = builder.Build();
        app.MapConsole();
        app.MapApiDocument();
        app.MapChannels();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }
}
