using ItOps.Bot.Agents;

namespace ItOps.Bot.Core.Tests.Agents;

public sealed class PersonsWordsTests
{
    private readonly PersonsWords _words = new("Hi! Please give Bob's colleague Anna Müller read access to the “Finance share” (not HR), bob@example.com; 10.0.0.7 is fine.");

    [Theory]
    [InlineData("finance share")]
    [InlineData("Finance   SHARE")]
    [InlineData("anna müller")]
    [InlineData("Bob")]
    [InlineData("bob@example.com")]
    [InlineData("10.0.0.7")]
    [InlineData("read access to the Finance share")]
    public void A_quote_stands_there(string quote) => Assert.True(_words.Say(quote));

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
    public void What_the_person_did_not_say_is_no_quote(string quote) => Assert.False(_words.Say(quote));

    [Theory]
    [InlineData("access to the finance share", true)]
    [InlineData("finance access for Anna", false)]
    [InlineData("reset the password", false)]
    [InlineData("", false)]
    public void A_text_holds_when_each_word_was_used(string text, bool holds) => Assert.Equal(holds, _words.Hold(text));

    /// <summary>A letter that only looks the same, or one that is not seen, makes another word.</summary>
    [Theory]
    [InlineData("b\u043Eb")]
    [InlineData("bo\u200Bb")]
    [InlineData("\uFF42ob")]
    public void Lookalikes_are_other_words(string quote) => Assert.False(_words.Say(quote));
}
