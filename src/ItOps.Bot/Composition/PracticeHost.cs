namespace ItOps.Bot.Host.Composition;

/// <summary>
/// The bot on a folder of its own that is thrown away: the sandbox's people and systems and no others, under this installation's runbooks and policies.
/// </summary>
internal static class PracticeHost
{
    public static HostApplicationBuilder Builder(string[] settings, string folder)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory, Args = settings, EnvironmentName = Environments.Development });
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = false }));
        foreach (var executor in builder.Configuration.GetSection("Executors").GetChildren().ToList())
            builder.Configuration[$"{executor.Path}:Enabled"] = "false";
        foreach (var runbook in builder.Configuration.GetSection("Agent:Runbooks").GetChildren().ToList())
            builder.Configuration[runbook.Path] = "";
        foreach (var (key, value) in Own(folder))
            builder.Configuration[key] = value;
        builder.Logging.ClearProviders();
        return builder;
    }

    private static Dictionary<string, string> Own(string folder) => new()
    {
        ["Storage:Provider"] = "sqlite",
        ["Storage:ConnectionString"] = "",
        ["Storage:Folder"] = folder,
        ["Identity:Source"] = "Sandbox",
        ["Identity:BindingsFile"] = "",
        ["Identity:MatchByEmail"] = "false",
        // The library that is tried out must not take the real one's place in Chroma.
        ["Knowledge:Retriever"] = "embedded",
        // Nobody outside is asked what practice messages mean: the same every time, and nothing to pay.
        ["Knowledge:Llm:Endpoint"] = "",
        ["Knowledge:Llm:ChatModel"] = "",
        ["Knowledge:Llm:EmbeddingModel"] = "",
        ["Agent:Framework"] = "",
        ["Executors:Sandbox:Enabled"] = "true",
        ["Executors:Sandbox:PasswordIterations"] = "1000",
        ["Logs:Folder"] = "",
    };
}
