using ItOps.Bot.Executors.Processes;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors.Tests.Processes;

public sealed class SecretMaskTests
{
    private static readonly SecretMask Mask = new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Channels:Slack:BotToken"] = "xoxb-1234-abcd",
        ["Storage:ConnectionString"] = "Host=db;Username=bot;Password=swordfish9",
        ["Executors:AwsCli:WebIdentityTokenFile"] = "/var/run/token",
        ["PWD"] = "/work/here",
        ["OTHER_PASSWORD"] = "ab",
        ["PublicUrl"] = "https://itops.example.com",
    }).Build());

    [Theory]
    [InlineData("the token is xoxb-1234-abcd, keep it", "the token is ***, keep it")]
    [InlineData("cannot log in with swordfish9", "cannot log in with ***")]
    [InlineData("Password=hunter22; next", "Password=***; next")]
    [InlineData("aws_secret_access_key = abc/def+", "aws_secret_access_key = ***")]
    [InlineData("{\"api_key\": \"a b\", \"x\": 1}", "{\"api_key\": \"***\", \"x\": 1}")]
    [InlineData("Authorization: Bearer abcdefgh.ijkl", "Authorization: Bearer ***")]
    [InlineData("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj", "***")]
    [InlineData("working in /work/here with /var/run/token", "working in /work/here with /var/run/token")]
    [InlineData("your password expires in 3 days", "your password expires in 3 days")]
    [InlineData("ab https://itops.example.com", "ab https://itops.example.com")]
    public void What_is_secret_is_taken_out_and_nothing_else(string line, string shown) => Assert.Equal(shown, Mask.Of(line));
}
