using ItOps.Bot.Agents;

namespace ItOps.Bot.Core.Tests.Agents;

/// <summary>What people paste by mistake does not leave the process.</summary>
public sealed class PromptTextTests
{
    [Theory]
    [InlineData("my password is hunter2 and it fails", "hunter2")]
    [InlineData("Passwort: Sommer2026! geht nicht", "Sommer2026!")]
    [InlineData("pin=4711", "4711")]
    [InlineData("the code is 123456", "123456")]
    [InlineData("code 123 456 came", "123 456")]
    [InlineData("use AKIAIOSFODNN7EXAMPLE please", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("Authorization: Bearer abcdef0123456789", "abcdef0123456789")]
    [InlineData("xoxb-123-456-abcdef fails", "xoxb-123-456-abcdef")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- help", "MIIE")]
    [InlineData("link https://x.test/?sig=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc was refused", "eyJhbGciOiJIUzI1NiJ9")]
    public void What_looks_like_a_secret_is_gone(string text, string secret)
    {
        var prompt = PromptText.Of(text).Text;

        Assert.DoesNotContain(secret, prompt, StringComparison.Ordinal);
        Assert.Contains("[removed]", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my password is expired")]
    [InlineData("my password is not accepted")]
    [InlineData("i forgot my password please reset it")]
    [InlineData("error 0x80070005 in outlook")]
    [InlineData("stop code MEMORY_MANAGEMENT, ticket INC-1044")]
    [InlineData("the token ring is old and the pin of the plug is bent")]
    [InlineData("access to \\\\files01\\finance for bob@example.com on 10.0.0.7")]
    [InlineData("Windows 11 24H2 on LT-40213")]
    public void What_is_needed_to_understand_stays(string text) => Assert.Equal(text, PromptText.Of(text).Text);

    [Fact]
    public void A_text_that_never_ends_is_cut() => Assert.Equal(2_000, PromptText.Of(new string('a', 1_000_000)).Text.Length);
}
