using ItOps.Bot.Agents;

namespace ItOps.Bot.Core.Tests.Agents;

public sealed class PersonsWordsTests
{
    private readonly PersonsWords _words = new("Hi! Please give Bob's colleague Anna Müller read access to the “Finance share” (not HR), bob@example.com; 10.0.0.7 is fine.");

    [Theory]
    [InlineData("finance share", "Finance share")]
    [InlineData("Finance   SHARE", "Finance share")]
    [InlineData("anna müller", "Anna Müller")]
    [InlineData("Bob", "Bob")]
    [InlineData("bob@example.com", "bob@example.com")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    [InlineData("read access to the Finance share", "read access to the “Finance share")]
    [InlineData("$(finance\n\n✅ share)", "Finance share")]
    public void A_quote_comes_back_as_the_person_wrote_it(string quote, string written) => Assert.Equal(written, _words.Find(quote));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("...")]
    [InlineData("share finance")]
    [InlineData("fin")]
    [InlineData("anna bob")]
    [InlineData("bob@example")]
    [InlineData("0.0.7")]
    [InlineData("mueller")]
    [InlineData("write access")]
    public void What_the_person_did_not_say_is_no_quote(string quote) => Assert.Null(_words.Find(quote));

    [Theory]
    [InlineData("give Bob's colleague read ACCESS", 2, "give Bob's colleague read access")]
    [InlineData("give anna the finance share", 3, "give Anna the “Finance share")]
    [InlineData("give anna the finance share", 2, null)]
    [InlineData("finance access for Anna", 3, null)]
    [InlineData("the finance share, anna müller", 3, null)]
    [InlineData("please please give", 3, null)]
    [InlineData("reset the password", 3, null)]
    [InlineData("", 3, null)]
    public void A_wish_is_pieces_of_the_message_in_their_order(string wish, int most, string? written) => Assert.Equal(written, _words.Join(wish, most));

    [Theory]
    [InlineData("a b c", "a x a b x b c", 1, null)]
    [InlineData("a b c", "a x a b x b c", 2, "a b c")]
    [InlineData("a b a", "b a a b x a b c a", 2, "a b a")]
    [InlineData("a b a b", "a b a", 2, null)]
    public void The_fewest_pieces_are_found_wherever_they_stand(string wish, string text, int most, string? written) => Assert.Equal(written, new PersonsWords(text).Join(wish, most));

    [Fact]
    public void A_quote_that_is_made_to_be_slow_is_not()
    {
        var words = new PersonsWords(string.Concat(Enumerable.Repeat("a ", 4_000)));

        Assert.Null(words.Join(string.Concat(Enumerable.Repeat("a ", 249)) + "b", 3));
    }

    [Fact]
    public void Of_a_long_message_as_much_is_kept_as_fits_from_where_the_wish_begins()
    {
        var words = new PersonsWords(new string('x', 400) + " please unlock Bob " + new string('y', 400));

        Assert.StartsWith("unlock Bob yyy", words.Around("unlock bob", 3, 300), StringComparison.Ordinal);
        Assert.Equal(300, words.Around("unlock bob", 3, 300).Length);
        Assert.EndsWith("yyy", words.Around("unlock bob", 3, 600), StringComparison.Ordinal);
        Assert.StartsWith("xxx", words.Around("what nobody said", 3, 300), StringComparison.Ordinal);
        Assert.Equal("unlock Bob", new PersonsWords("unlock Bob").Around("bob", 3, 300));
    }

    /// <summary>A letter that only looks the same, or one that is not seen, makes another word.</summary>
    [Theory]
    [InlineData("b\u043Eb")]
    [InlineData("bo\u200Bb")]
    [InlineData("\uFF42ob")]
    public void Lookalikes_are_other_words(string quote) => Assert.Null(_words.Find(quote));
}
