using System.Globalization;
using ItOps.Bot.Executors;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Chroma;

namespace ItOps.Bot.Host.Composition;

/// <summary>The settings that the host itself needs, checked before anything is built (I7).</summary>
public sealed record BotSettings
{
    public required bool IsDevelopment { get; init; }

    public required string StorageProvider { get; init; }

    public required string ConnectionString { get; init; }

    /// <summary>Holds the database and the keys.</summary>
    public required string DataFolder { get; init; }

    public required string RunbookFolder { get; init; }

    /// <summary>Who may write, publish and switch off runbooks.</summary>
    public required string RunbookAuthorGroup { get; init; }

    public required string PolicyFile { get; init; }

    public required string AssuranceFile { get; init; }

    /// <summary>None when the embedded ranking answers alone.</summary>
    public required ChromaOptions? Chroma { get; init; }

    /// <summary>The commands that may be run.</summary>
    public required string CommandsFile { get; init; }

    /// <summary>The calls to AWS that may be made.</summary>
    public required string AwsFile { get; init; }

    public required string PeopleFile { get; init; }

    public required bool SandboxEnabled { get; init; }

    /// <summary>The executor that says who works here.</summary>
    public required string PeopleSource { get; init; }

    /// <summary>None when the directory alone binds chat accounts to people.</summary>
    public required string? BindingsFile { get; init; }

    public required bool MatchByEmail { get; init; }

    /// <summary>How long a chat account, an address or a manager that came or changed is no evidence and decides nothing.</summary>
    public required TimeSpan CoolDown { get; init; }

    /// <summary>Where people's browsers, and the chat platforms, reach the bot; links in messages begin with it.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>None when nothing is written to files.</summary>
    public required string? LogFolder { get; init; }

    /// <summary>From the environment alone, where the exporter looks for it and its other OTEL_* variables too.</summary>
    public required string? OtlpEndpoint { get; init; }

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static BotSettings From(IConfiguration configuration, bool isDevelopment, string contentRoot)
    {
        var data = Data(configuration);
        var sandbox = Flag(configuration, "Executors:Sandbox:Enabled", otherwise: isDevelopment);
        var knowledge = Knowledge(configuration, contentRoot);
        var settings = new BotSettings
        {
            IsDevelopment = isDevelopment,
            StorageProvider = configuration["Storage:Provider"] is { Length: > 0 } provider ? provider : "sqlite",
            ConnectionString = configuration["Storage:ConnectionString"] is { Length: > 0 } connection ? connection : $"Data Source={Path.Combine(data, "itops.db")}",
            DataFolder = data,
            RunbookFolder = knowledge.RunbookFolder,
            RunbookAuthorGroup = configuration["Runbooks:AuthorGroup"] is { Length: > 0 } authors ? authors.Trim() : "runbook-authors",
            PolicyFile = knowledge.PolicyFile,
            AssuranceFile = knowledge.AssuranceFile,
            Chroma = knowledge.Chroma,
            CommandsFile = Beside(contentRoot, configuration["Executors:Commands:PolicyFile"], "data/policies/commands.yaml"),
            AwsFile = Beside(contentRoot, configuration["Executors:AwsCli:PolicyFile"], "data/policies/aws.yaml"),
            PeopleFile = Beside(contentRoot, configuration["Executors:Sandbox:PeopleFile"], "data/sandbox/people.yaml"),
            SandboxEnabled = sandbox,
            PeopleSource = configuration["Identity:Source"] is { Length: > 0 } source ? source : sandbox ? "Sandbox" : throw new SettingException(
                $"Identity:Source is missing: without a source of people nobody can be recognised. It must be one of {string.Join(", ", ExecutorsModule.PeopleSources.Where(s => isDevelopment || s != "Sandbox"))}."),
            BindingsFile = configuration["Identity:BindingsFile"] is { Length: > 0 } bindings ? Path.GetFullPath(bindings) : null,
            MatchByEmail = Flag(configuration, "Identity:MatchByEmail", otherwise: false),
            CoolDown = TimeSpan.FromHours(Whole(configuration, "Identity:CoolDownHours", otherwise: 72, atLeast: 0, atMost: 720)),
            PublicUrl = Public(configuration),
            LogFolder = configuration["Logs:Folder"] is { Length: > 0 } logs ? Path.GetFullPath(logs) : null,
            OtlpEndpoint = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 } otlp ? otlp : null,
        };
        settings.Check(configuration);
        return settings;
    }

    /// <summary>Where runbooks and policies lie; all that a command needs which only reads runbooks.</summary>
    public static KnowledgeOptions Knowledge(IConfiguration configuration, string contentRoot) => new()
    {
        RunbookFolder = Beside(contentRoot, configuration["Knowledge:RunbookFolder"], "data/runbooks"),
        ScriptFolder = Path.Combine(Data(configuration), "scripts"),
        PolicyFile = Beside(contentRoot, configuration["Approvals:PolicyFile"], "data/policies/approvals.yaml"),
        AssuranceFile = Beside(contentRoot, configuration["Assurance:PolicyFile"], "data/policies/assurance.yaml"),
        Chroma = ChromaOptions.From(configuration.GetSection("Knowledge")),
    };

    private static string Data(IConfiguration configuration) => Path.GetFullPath(configuration["Storage:Folder"] is { Length: > 0 } folder ? folder : "var");

    private void Check(IConfiguration configuration)
    {
        if (OtlpEndpoint is not null && !Uri.IsWellFormedUriString(OtlpEndpoint, UriKind.Absolute))
            throw new SettingException($"OTEL_EXPORTER_OTLP_ENDPOINT is '{OtlpEndpoint}'; it must be an absolute address such as http://localhost:4317.");
    }

    private static Uri Public(IConfiguration configuration)
    {
        var text = configuration["PublicUrl"] is { Length: > 0 } address ? address : "http://localhost:3978";
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? url
            : throw new SettingException($"PublicUrl is '{text}'; it must be the https address at which browsers reach the bot, such as https://itops.example.com.");
    }

    private static string Beside(string contentRoot, string? configured, string otherwise) =>
        configured is { Length: > 0 } path ? Path.GetFullPath(path) : Path.Combine(contentRoot, otherwise);

    private static int Whole(IConfiguration configuration, string key, int otherwise, int atLeast, int atMost) => configuration[key] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= atLeast && value <= atMost => value,
        var text => throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"{key} is '{text}'; it must be a whole number from {atLeast} to {atMost}.")),
    };

    private static bool Flag(IConfiguration configuration, string key, bool otherwise) => configuration[key] switch
    {
        null or "" => otherwise,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"{key} is '{text}'; it must be true or false.")),
    };
}
