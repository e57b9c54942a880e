using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Teams;

namespace ItOps.Bot.Tests.Program;

/// <summary>What an administrator is told who has connected both platforms: each connection as it is, over real HTTP.</summary>
public sealed class ChannelDoctorTests : IAsyncLifetime
{
    private readonly BotProcess _bot = new();
    private FakeSlack _slack = null!;
    private FakeBotConnector _teams = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await FakeSlack.StartAsync();
        _teams = await FakeBotConnector.StartAsync(TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _bot.Dispose();
        await _slack.DisposeAsync();
        await _teams.DisposeAsync();
    }

    [Fact]
    public async Task Where_both_platforms_answer_every_line_is_ok()
    {
        var ended = await DoctorAsync();

        foreach (var line in (string[])[
            "ok     slack token: is good in workspace Lab (T0LAB)",
            "ok     slack scopes: commands, chat:write",
            "ok     slack clock: ",
            "ok     slack address: Slack must be told https://itops.example.com/slack/events",
            $"ok     teams app: {FakeBotConnector.AppId}, tenants {FakeBotConnector.Tenant}",
            "ok     teams endpoint: https://itops.example.com/api/messages",
            "ok     teams proof: required of every request",
            "ok     teams keys: ",
            "ok     teams credential: ",
            "ok     teams clock: ",
        ])
            Assert.Contains(line, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("all well\n", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public async Task Revoked_and_expired_secrets_are_named_with_what_mends_them()
    {
        _slack.Fails("auth.test", SlackTrouble.Says("token_revoked"));
        _teams.Entra.Refuses = true;

        var ended = await DoctorAsync();

        Assert.Equal(1, ended.ExitCode);
        var wrong = ended.Output.Split('\n').Where(l => l.StartsWith("WRONG", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, wrong.Count);
        Assert.Contains("Channels:Slack:BotToken", Assert.Single(wrong, l => l.StartsWith("WRONG  slack token:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("Channels:Teams:ClientSecret", Assert.Single(wrong, l => l.StartsWith("WRONG  teams credential:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith("2 to mend\n", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeBotConnector.ClientSecret, ended.Output + ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_slack.BotToken, ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_at_all_is_told_beside_what_is()
    {
        _slack.Scopes = "commands,chat:write";
        _teams.Issuer.IsDown = true;

        var ended = await DoctorAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("WRONG  slack scopes: app_mentions:read, im:history, im:write, users:read missing", ended.Output, StringComparison.Ordinal);
        Assert.Contains("ok     slack token:", ended.Output, StringComparison.Ordinal);
        Assert.Contains("WRONG  teams keys:", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Channels:Teams:OpenIdMetadata", ended.Output, StringComparison.Ordinal);
        Assert.Contains("ok     teams credential:", ended.Output, StringComparison.Ordinal);
    }

    private Task<BotProcess.Ended> DoctorAsync()
    {
        var settings = _slack.Settings().Concat(_teams.Settings.Select(s => KeyValuePair.Create(s.Key, s.Value ?? ""))).Append(new("PublicUrl", "https://itops.example.com"));
        return _bot.RunAsync([.. settings.Select(s => $"--{s.Key}={s.Value}"), "doctor"]);
    }
}
