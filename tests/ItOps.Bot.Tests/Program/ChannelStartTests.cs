using ItOps.Bot.Testing.Teams;

namespace ItOps.Bot.Tests.Program;

/// <summary>A channel that could not prove who speaks, or not answer, is no channel: the server does not start, and says which key to mend.</summary>
public sealed class ChannelStartTests : IDisposable
{
    private static readonly Dictionary<string, string> s_good = new()
    {
        ["Channels:Slack:Enabled"] = "true",
        ["Channels:Slack:SigningSecret"] = "8f742231b10e8888abcd99yyyzzz85a5",
        ["Channels:Slack:BotToken"] = "xoxb-2400-practice",
        ["Channels:Slack:TeamId"] = "T0LAB",
        ["Channels:Teams:Enabled"] = "true",
        ["Channels:Teams:AppId"] = FakeBotConnector.AppId,
        ["Channels:Teams:TenantId"] = FakeBotConnector.Tenant,
        ["Channels:Teams:ClientSecret"] = FakeBotConnector.ClientSecret,
        ["PublicUrl"] = "https://itops.example.com",
    };

    private readonly BotProcess _bot = new();

    public void Dispose() => _bot.Dispose();

    /// <summary>What is changed in good settings, and the key that is named for it.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "Channels:Slack:SigningSecret", "", "Channels:Slack:SigningSecret is missing" },
        { "Channels:Slack:SigningSecret", "   ", "Channels:Slack:SigningSecret is missing" },
        { "Channels:Slack:BotToken", "", "Channels:Slack:BotToken is missing" },
        { "Channels:Slack:BotToken", "xoxp-2400-practice", "Channels:Slack:BotToken does not begin with xoxb-" },
        { "Channels:Slack:AppToken", "xoxb-2400-practice", "Channels:Slack:AppToken does not begin with xapp-" },
        { "Channels:Slack:TeamId", "", "Channels:Slack:TeamId is missing" },
        { "Channels:Slack:TeamId", "lab", "Channels:Slack:TeamId is 'lab'" },
        { "Channels:Slack:ApiBaseUrl", "http://slack.example.com/api/", "Channels:Slack:ApiBaseUrl" },
        { "Channels:Slack:Enabled", "yes", "Channels:Slack:Enabled" },
        { "Channels:Teams:AppId", "", "Channels:Teams:AppId is missing" },
        { "Channels:Teams:AppId", "itops", "Channels:Teams:AppId is 'itops'" },
        { "Channels:Teams:TenantId", "", "Channels:Teams:TenantId is missing" },
        { "Channels:Teams:TenantId", "common", "Channels:Teams:TenantId is 'common'" },
        { "Channels:Teams:ClientSecret", "", "Channels:Teams:ClientSecret is missing" },
        { "Channels:Teams:CertificatePath", "bot.pem", "Channels:Teams:CertificatePath is set beside ClientSecret" },
        { "Channels:Teams:ManagedIdentity", "system", "Channels:Teams:ManagedIdentity is set beside ClientSecret" },
        { "Channels:Teams:OpenIdMetadata", "http://keys.example.com/", "Channels:Teams:OpenIdMetadata" },
        { "Channels:Pager:Enabled", "true", "Channels:Pager is not a channel; there are Mail, Slack, Teams" },
        { "PublicUrl", "http://itops.example.com", "PublicUrl is 'http://itops.example.com'" },
    };

    [Theory(Timeout = 300_000)]
    [MemberData(nameof(Mistakes))]
    public async Task The_server_does_not_start_and_names_the_key(string key, string value, string named)
    {
        var settings = new Dictionary<string, string>(s_good) { [key] = value };

        var ended = await _bot.RunAsync(["--urls=http://127.0.0.1:0", .. settings.Select(s => $"--{s.Key}={s.Value}")]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(named, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("2400-practice", ended.Errors + ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeBotConnector.ClientSecret, ended.Errors + ended.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_bot.Folder, "var", "itops.db")), "Something was stored.");
    }
}
