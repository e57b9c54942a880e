using ItOps.Bot.Accounts;

namespace ItOps.Bot.Core.Tests.Accounts;

public sealed class PasswordGeneratorTests
{
    private static readonly string[] s_passwords = [.. Enumerable.Range(0, 5_000).Select(_ => PasswordGenerator.Create().Reveal())];

    private const string Misread = "0Oo1lIi|2Zz5Ss8Bb\"'`,.;:^~<>&\\/aeuyAEUY ";

    [Fact]
    public void Every_password_has_sixteen_characters_and_all_four_classes()
    {
        Assert.All(s_passwords, password =>
        {
            var drawn = password.Replace("-", "", StringComparison.Ordinal);
            Assert.Equal(16, drawn.Length);
            Assert.Contains(drawn, char.IsAsciiLetterUpper);
            Assert.Contains(drawn, char.IsAsciiLetterLower);
            Assert.Contains(drawn, char.IsAsciiDigit);
            Assert.Contains(drawn, c => !char.IsAsciiLetterOrDigit(c));
        });
    }

    [Fact]
    public void No_password_holds_a_character_that_is_misread_or_a_vowel() =>
        Assert.All(s_passwords, password => Assert.DoesNotContain(password, c => Misread.Contains(c)));

    [Fact]
    public void Passwords_are_written_in_four_blocks_of_four() =>
        Assert.All(s_passwords, password => Assert.Equal([4, 4, 4, 4], password.Split('-').Select(block => block.Length)));

    [Fact]
    public void No_password_comes_twice() => Assert.Equal(s_passwords.Length, s_passwords.Distinct().Count());

    [Fact]
    public void Every_character_of_a_class_is_drawn_equally_often_at_every_position()
    {
        // 5,000 draws a position; a generator that takes a random byte modulo the alphabet, or puts one of each class first, fails here.
        var alphabet = PasswordGenerator.Upper + PasswordGenerator.Lower + PasswordGenerator.Digits + PasswordGenerator.Symbols;
        for (var position = 0; position < 19; position++)
        {
            if (position % 5 == 4)
                continue;
            var drawn = s_passwords.GroupBy(p => p[position]).ToDictionary(g => g.Key, g => g.Count());
            var expected = s_passwords.Length / (double)alphabet.Length;
            Assert.All(alphabet, c => Assert.InRange(drawn.GetValueOrDefault(c), expected * 0.4, expected * 1.8));
        }
    }

    [Fact]
    public void The_secret_does_not_print_itself() => Assert.Equal("***", $"{PasswordGenerator.Create()}");
}
