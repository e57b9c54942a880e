using ItOps.Bot.Host.Composition;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Llm;

namespace ItOps.Bot.Host.Commands;

/// <summary>The bot's parts for a command, under the settings that stood before its name: without a web server, and silent but for errors on standard error.</summary>
internal sealed class CommandHost(string[] settings)
{
    /// <summary>What stood before the command's name.</summary>
    public string[] Settings => settings;

    /// <summary>Nothing is started; a command that needs the workers starts the host.</summary>
    /// <param name="add">What the command brings along.</param>
    /// <param name="channels">Adds the chat platforms too, for a command that looks at them; what is to be sent is the server's.</param>
    public IHost Build(Action<IServiceCollection>? add = null, bool channels = false)
    {
        var builder = Builder();
        var bot = BotComposition.Settings(builder);
        builder.Services.AddBot(bot, builder.Configuration);
        if (channels)
            builder.Services.AddBotChannels(bot, builder.Configuration);
        add?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Only what reads runbooks and messages: no people and no systems, so none of their settings are asked for.</summary>
    public IHost BuildKnowledge()
    {
        var builder = Builder();

        // Whoever measures asks with one name for all lines; the budgets are there for people.
        builder.Configuration["Knowledge:Llm:TokensPerPersonPerDay"] = builder.Configuration["Knowledge:Llm:TokensPerDay"] = "1000000000000";
        builder.Services.AddSingleton(TimeProvider.System).AddKnowledge(BotSettings.Knowledge(builder.Configuration, builder.Environment.ContentRootPath)).AddLlm(builder.Configuration);
        return builder.Build();
    }

    private HostApplicationBuilder Builder()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. settings],
            EnvironmentName = EnvironmentName(),
        });

        // The console's pages are registered and never made here; validating them would ask for a web server.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = false }));
        builder.Configuration["Logging:LogLevel:Default"] = "Error";
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }

    /// <summary>As the server reads it: an argument, then the web host's variable, then the general one.</summary>
    private string? EnvironmentName() =>
        new ConfigurationBuilder().AddCommandLine(settings).Build()["environment"] ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");
}
