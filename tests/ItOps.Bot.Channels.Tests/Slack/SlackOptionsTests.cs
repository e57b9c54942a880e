using ItOps.Bot.Channels.Slack;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackOptionsTests
{
    [Theory]
    [InlineData("SigningSecret", "", "Basic Information")]
    [InlineData("SigningSecret", "  ", "Basic Information")]
    [InlineData("BotToken", "", "OAuth & Permissions")]
    [InlineData("BotToken", "xoxp-1", "xoxb-")]
    [InlineData("TeamId", "", "app.slack.com")]
    [InlineData("TeamId", " , ", "app.slack.com")]
    [InlineData("TeamId", "my-team", "my-team")]
    [InlineData("TeamId", "T0LAB,T0/OTHER", "T0/OTHER")]
    [InlineData("AppToken", "xoxb-1", "xapp-")]
    [InlineData("ApiBaseUrl", "http://slack.com/api/", "https")]
    [InlineData("ApproverChannel", "#approvers", "view channel details")]
    [InlineData("Enabled", "perhaps", "true or false")]
    public void A_wrong_setting_stops_the_start_and_says_what_to_do(string key, string value, string says)
    {
        var wrong = Assert.Throws<SettingException>(() => Read(new() { [key] = value }));

        Assert.Contains("Channels:Slack:" + key, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(says, wrong.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_token_under_the_wrong_key_is_not_repeated() =>
        Assert.DoesNotContain("xoxp-hush", Assert.Throws<SettingException>(() => Read(new() { ["BotToken"] = "xoxp-hush" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Socket_Mode_needs_no_signing_secret() => Assert.True(Read(new() { ["SigningSecret"] = "", ["AppToken"] = "xapp-1" }).UsesSocket);

    [Fact]
    public void Teams_are_a_list()
    {
        var options = Read(new() { ["TeamId"] = "T0LAB, T0OTHER" });

        Assert.True(options.Serves("T0LAB") && options.Serves("T0OTHER"));
        Assert.False(options.Serves("t0lab") || options.Serves("") || options.Serves(null));
    }

    [Fact]
    public void No_secret_is_printed() => Assert.DoesNotContain("hush", Read(new() { ["SigningSecret"] = "hush", ["BotToken"] = "xoxb-hush" }).ToString(), StringComparison.Ordinal);

    private static SlackOptions Read(Dictionary<string, string> changes)
    {
        var configuration = new ConfigurationManager();
        var settings = new Dictionary<string, string>
        {
            ["Enabled"] = "true",
            ["SigningSecret"] = "secret",
            ["BotToken"] = "xoxb-1",
            ["TeamId"] = "T0LAB",
        };
        foreach (var (key, value) in settings.Concat(changes))
            configuration["Channels:Slack:" + key] = value;
        var section = new ChannelSettings(configuration.GetSection("Channels:Slack"), new(configuration.GetSection("Channels"), new("https://itops.example.com/"), IsDevelopment: false));
        Assert.True(section.Enabled);
        return SlackOptions.From(section);
    }
}
