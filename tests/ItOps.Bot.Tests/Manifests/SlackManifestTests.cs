using ItOps.Bot.Tests.Architecture;
using ItOps.Bot.Tests.Program;
using YamlDotNet.RepresentationModel;

namespace ItOps.Bot.Tests.Manifests;

/// <summary>The Slack app as its manifest describes it: what the bot listens to, and no right that it does not use.</summary>
public sealed class SlackManifestTests : IDisposable
{
    private readonly BotProcess _bot = new();

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task Filled_in_it_calls_the_three_paths_of_the_bot_at_the_given_host()
    {
        var ended = await _bot.RunAsync("manifests", "slack", "--host", "ItOps.contoso.com");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        var manifest = Parse(ended.Output);
        Assert.Equal("https://itops.contoso.com/slack/commands", Text(manifest, "features", "slash_commands", "url"));
        Assert.Equal("https://itops.contoso.com/slack/events", Text(manifest, "settings", "event_subscriptions", "request_url"));
        Assert.Equal("https://itops.contoso.com/slack/interactivity", Text(manifest, "settings", "interactivity", "request_url"));
        Assert.Equal("false", Text(manifest, "settings", "socket_mode_enabled"));
        Assert.DoesNotContain("example", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_Socket_Mode_it_has_no_address_and_is_the_same_otherwise()
    {
        var file = Path.Combine(_bot.Folder, "manifest.yaml");

        var ended = await _bot.RunAsync("manifests", "slack", "--socket-mode", "--out", file);

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains($"Wrote {file}", ended.Output, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
        var (manifest, other) = (Parse(text), Parse((await _bot.RunAsync("manifests", "slack", "--host", "itops.contoso.com")).Output));
        Assert.Equal("true", Text(manifest, "settings", "socket_mode_enabled"));
        Assert.Equal("/itops", Text(manifest, "features", "slash_commands", "command"));
        Assert.Equal("true", Text(manifest, "settings", "interactivity", "is_enabled"));
        Assert.Equal(Texts(other, "settings", "event_subscriptions", "bot_events"), Texts(manifest, "settings", "event_subscriptions", "bot_events"));
        Assert.Equal(Texts(other, "oauth_config", "scopes", "bot"), Texts(manifest, "oauth_config", "scopes", "bot"));
    }

    [Theory]
    [InlineData("--host is missing")]
    [InlineData("--host is missing", "--host", "itops.contoso.com", "--socket-mode")]
    [InlineData("--host is 'https://itops.contoso.com'", "--host", "https://itops.contoso.com")]
    [InlineData("--out is '/nowhere/manifest.yaml'", "--socket-mode", "--out", "/nowhere/manifest.yaml")]
    public async Task What_cannot_be_right_is_named(string named, params string[] arguments)
    {
        var ended = await _bot.RunAsync(["manifests", "slack", .. arguments]);

        Assert.Equal((1, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith(named, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void It_asks_for_the_rights_that_the_bot_uses_and_listens_to_what_it_understands()
    {
        var manifest = Parse(Sources.Read("manifests/slack/manifest.yaml"));

        Assert.Equal(["commands", "chat:write", "app_mentions:read", "im:history", "im:write", "users:read"], Texts(manifest, "oauth_config", "scopes", "bot"));
        Assert.Equal(["app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked"], Texts(manifest, "settings", "event_subscriptions", "bot_events"));
        Assert.Equal(
            ("ask_it", "message", "Ask IT about this"),
            (Text(manifest, "features", "shortcuts", "callback_id"), Text(manifest, "features", "shortcuts", "type"), Text(manifest, "features", "shortcuts", "name")));
        Assert.Equal("/itops", Text(manifest, "features", "slash_commands", "command"));
        Assert.All(["home_tab_enabled", "messages_tab_enabled"], tab => Assert.Equal("true", Text(manifest, "features", "app_home", tab)));
        Assert.Equal("false", Text(manifest, "features", "app_home", "messages_tab_read_only_enabled"));
        Assert.All(["org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled"], off => Assert.Equal("false", Text(manifest, "settings", off)));
    }

    [Fact]
    public void It_keeps_to_the_lengths_that_Slack_takes()
    {
        var manifest = Parse(Sources.Read("manifests/slack/manifest.yaml"));

        Assert.InRange(Text(manifest, "display_information", "name").Length, 1, 35);
        Assert.InRange(Text(manifest, "display_information", "description").Length, 1, 140);
        Assert.InRange(Text(manifest, "display_information", "long_description").Length, 174, 4000);
        Assert.Matches("^[a-z0-9._-]{1,80}$", Text(manifest, "features", "bot_user", "display_name"));
        Assert.InRange(Text(manifest, "features", "shortcuts", "name").Length, 1, 24);
        Assert.InRange(Text(manifest, "features", "shortcuts", "description").Length, 1, 150);
        Assert.InRange(Text(manifest, "features", "slash_commands", "usage_hint").Length, 1, 1000);
    }

    private static YamlNode Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>A list on the way holds one item.</summary>
    private static YamlNode At(YamlNode node, params string[] path) => path.Aggregate(node, (at, key) => (at is YamlSequenceNode list ? Assert.Single(list) : at)[key]);

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)At(node, path)).Value!;

    private static List<string> Texts(YamlNode node, params string[] path) => [.. ((YamlSequenceNode)At(node, path)).Select(i => ((YamlScalarNode)i).Value!)];
}
