using ItOps.Bot.Executors.Processes;

namespace ItOps.Bot.Executors.Tests.Processes;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("plain ~text~", "plain ~text~")]
    [InlineData("grün 日本 😭", "grün 日本 😭")]
    [InlineData("\u001B[31;1mred\u001B[0m", "red")]
    [InlineData("\u001B]8;;https://evil.example\u0007click\u001B]8;;\u001B\\", "click")]
    [InlineData("\u001B]0;title without end", "")]
    [InlineData("\u001B[2J\u001B[Hhome", "home")]
    [InlineData("\u001Bcreset", "reset")]
    [InlineData("\u001B(Bcharset", "charset")]
    [InlineData("a\0b\bc\u007Fd", "a␀b␈c␡d")]
    [InlineData("tab\there", "tab here")]
    [InlineData("c1\u009B31m", "c1\uFFFD31m")]
    [InlineData("user\u202Etxt.exe", "user\uFFFDtxt.exe")]
    [InlineData("two\u2028lines", "two\uFFFDlines")]
    [InlineData("lonely \u001B", "lonely ␛")]
    public void Nothing_is_left_that_a_terminal_or_a_reader_could_obey(string line, string expected) => Assert.Equal(expected, PlainText.Of(line));

    [Fact]
    public void No_line_of_random_characters_keeps_a_control_character()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var line = string.Create(12, random, static (span, r) =>
            {
                for (var at = 0; at < span.Length; at++)
                    span[at] = "\u001B[]0;mc\\\u0007\u009Bx\u202E\0?Pz"[r.Next(16)];
            });
            Assert.DoesNotContain(PlainText.Of(line), c => char.IsControl(c) || c == '\u202E');
        }
    }
}
