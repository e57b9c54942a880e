using ItOps.Bot.Turns;

namespace ItOps.Bot.Core.Tests.Turns;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("  plain  ", "plain")]
    [InlineData("a\tb\nc", "a b\nc")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("\u202Eab\u2066c\u200B\uFEFF", "abc")]
    [InlineData("a\0b\u0007\u001b[31mc", "ab[31mc")]
    [InlineData("a\uD83Db", "ab")]
    [InlineData("\uDE00", "")]
    [InlineData("😀 é ß 中", "😀 é ß 中")]
    public void What_cannot_be_seen_or_turns_text_around_is_taken_out(string text, string clean) => Assert.Equal(clean, MessageText.Clean(text));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab😀", 3, "ab")]
    [InlineData("ab😀", 4, "ab😀")]
    [InlineData("", 3, "")]
    public void Cutting_never_leaves_half_a_character(string text, int limit, string cut) => Assert.Equal(cut, MessageText.Cut(text, limit));
}
