using ItOps.Bot.Knowledge.Embeddings;

namespace ItOps.Bot.Knowledge.Tests.Embeddings;

public sealed class BuiltInEmbedderTests
{
    [Theory]
    [InlineData("my printer does not print", "the Kyocera is on strike", "vpn keeps dropping")]
    [InlineData("mein Konto ist gesperrt", "my account is locked", "my laptop is slow")]
    [InlineData("passwrod exipred", "my password has expired", "the wifi is down")]
    [InlineData("la impresora no funciona", "printer not working", "excel freezes")]
    [InlineData("the teleportr is stuck", "teleporter stuck", "the monitor is black")]
    public void What_means_the_same_is_nearer_than_what_does_not(string text, string same, string other) =>
        Assert.True(Likeness(text, same) > Likeness(text, other) + 0.1, $"{Likeness(text, same)} {Likeness(text, other)}");

    [Theory]
    [InlineData("")]
    [InlineData("???")]
    [InlineData("the of and")]
    [InlineData("i cant log in, think im locked out")]
    public void Every_text_has_a_vector_of_length_one(string text)
    {
        var vector = BuiltInEmbedder.Embed(text);
        Assert.Equal(512, vector.Length);
        Assert.Equal(1, vector.Sum(v => (double)v * v), 4);
    }

    [Fact]
    public void The_same_text_has_the_same_vector_in_every_process_and_version()
    {
        // When this differs, vectors in existing collections are no longer comparable: the version must be another one, which the lists of words see to and
        // the code's number must too.
        var vector = BuiltInEmbedder.Embed("reset my password");
        Assert.Equal("53:-0.570 227:0.570 379:0.342 489:0.342", string.Join(' ', vector.Select((v, i) => (v, i)).OrderByDescending(x => Math.Abs(x.v)).ThenBy(x => x.i).Take(4).Select(x => FormattableString.Invariant($"{x.i}:{x.v:0.000}"))));
    }

    [Fact]
    public void What_is_expressly_not_wanted_is_not_in_the_vector() =>
        Assert.True(Likeness("don't reset my password, just unlock the account", "unlock the account") > 0.9);

    private static double Likeness(string a, string b) => BuiltInEmbedder.Embed(a).Zip(BuiltInEmbedder.Embed(b), (x, y) => (double)x * y).Sum();
}
