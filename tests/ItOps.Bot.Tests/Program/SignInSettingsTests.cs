using ItOps.Bot.Executors;
using ItOps.Bot.Host.Serving;

namespace ItOps.Bot.Tests.Program;

/// <summary>A sign-in that is half set up must not start: somebody would believe that it protects something.</summary>
public sealed class SignInSettingsTests
{
    private static readonly Dictionary<string, string> s_good = new()
    {
        ["Console:SignIn:Authority"] = "https://sso.example.com/realms/it",
        ["Console:SignIn:ClientId"] = "itops",
        ["Console:SignIn:ClientSecret"] = "practice-secret",
        ["Console:SignIn:PersonClaim"] = "oid",
    };

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "Console:SignIn:Authority", "", "Console:SignIn:Authority is missing" },
        { "Console:SignIn:Authority", "http://sso.example.com/", "Console:SignIn:Authority is 'http://sso.example.com/'" },
        { "Console:SignIn:Authority", "sso.example.com", "Console:SignIn:Authority is 'sso.example.com'" },
        { "Console:SignIn:ClientId", "", "Console:SignIn:ClientId is missing" },
        { "Console:SignIn:ClientSecret", "", "Console:SignIn:ClientSecret is missing" },
        { "Console:SignIn:PersonClaim", "", "Console:SignIn:PersonClaim is missing" },
        { "Console:SignIn:PersonIs", "email", "Console:SignIn:PersonIs is 'email'" },
        { "Console:SignIn:Scopes", "profile", "Console:SignIn:Scopes is 'profile'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void The_server_is_not_built_and_the_key_is_named(string key, string value, string named)
    {
        var settings = new Dictionary<string, string>(s_good) { [key] = value };

        var refused = Assert.Throws<SettingException>(() => BotServer.Build(["--environment", "Development", .. settings.SelectMany(s => new[] { "--" + s.Key, s.Value })]));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("practice-secret", refused.Message, StringComparison.Ordinal);
    }
}
