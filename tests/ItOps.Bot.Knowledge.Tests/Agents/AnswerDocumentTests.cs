using System.Text;
using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.Protocol;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>What is read as an answer, and what is not.</summary>
public sealed class AnswerDocumentTests
{
    private const string Proposal = """{"id":"a","confidence":0.5,"evidence":"x","values":[]}""";

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"runbooks":null}""")]
    [InlineData("""{"runbooks":{}}""")]
    [InlineData("""{"runbooks":["a"]}""")]
    [InlineData("""{"version":2,"runbooks":[]}""")]
    [InlineData("""{"version":"1","runbooks":[]}""")]
    [InlineData("""{"version":1.5,"runbooks":[]}""")]
    [InlineData("""{"runbooks":[],"runbooks":[]}""")]
    [InlineData("""{"runbooks":[{"id":7,"confidence":1,"evidence":"x"}]}""")]
    [InlineData("""{"runbooks":[{"id":null,"confidence":1,"evidence":"x"}]}""")]
    [InlineData("""{"runbooks":[{"id":"a","confidence":"high","evidence":"x"}]}""")]
    [InlineData("""{"runbooks":[{"id":"a","evidence":"x"}]}""")]
    [InlineData("""{"runbooks":[{"id":"a","confidence":1}]}""")]
    [InlineData("""{"runbooks":[{"id":"a","confidence":1,"evidence":"x","values":{}}]}""")]
    [InlineData("""{"runbooks":[{"id":"a","confidence":1,"evidence":"x","values":[{"name":"n","value":3,"evidence":"x"}]}]}""")]
    [InlineData("""{"runbooks":[{"id":"\ud800","confidence":1,"evidence":"x"}]}""")]
    [InlineData("""{"runbooks":[]} and that is all""")]
    [InlineData("Here it is: {\"runbooks\":[]}")]
    [InlineData("```json\n{\"runbooks\":[]}")]
    [InlineData("``````")]
    public void What_is_not_what_was_asked_for_is_nonsense(string text) =>
        Assert.Equal(AgentFailure.Nonsense, Assert.Throws<AgentFailedException>(() => AnswerDocument.Runbooks(text)).Failure);

    [Theory]
    [InlineData("""{"wishes":[{"text":"a","after":"0"}]}""")]
    [InlineData("""{"wishes":[{"text":"a","after":[0.5]}]}""")]
    [InlineData("""{"wishes":[{"text":"a","after":[99999999999]}]}""")]
    [InlineData("""{"wishes":[{"after":[]}]}""")]
    public void Wishes_without_words_or_with_places_that_are_none_are_nonsense(string text) =>
        Assert.Equal(AgentFailure.Nonsense, Assert.Throws<AgentFailedException>(() => AnswerDocument.Wishes(text)).Failure);

    [Fact]
    public void More_than_32_entries_of_a_list_are_nonsense()
    {
        static string Of(int count) => $$"""{"runbooks":[{{string.Join(',', Enumerable.Repeat(Proposal, count))}}]}""";

        Assert.Equal(32, AnswerDocument.Runbooks(Of(32)).Count);
        Assert.Equal(AgentFailure.Nonsense, Assert.Throws<AgentFailedException>(() => AnswerDocument.Runbooks(Of(33))).Failure);
    }

    [Fact]
    public void More_than_16_levels_are_nonsense_even_where_nobody_looks()
    {
        static string Of(int levels) => $$"""{"runbooks":[],"more":{{new string('[', levels)}}{{new string(']', levels)}}}""";

        Assert.Empty(AnswerDocument.Runbooks(Of(15)));
        Assert.Equal(AgentFailure.Nonsense, Assert.Throws<AgentFailedException>(() => AnswerDocument.Runbooks(Of(16))).Failure);
    }

    [Fact]
    public void More_than_64_kilobytes_are_not_read()
    {
        static string Of(int bytes) => """{"runbooks":[],"n":""}""" is var empty ? empty.Insert(empty.Length - 2, new string('ä', (bytes - Encoding.UTF8.GetByteCount(empty)) / 2)) : "";

        Assert.Empty(AnswerDocument.Runbooks(Of(AnswerDocument.LargestAnswer)));
        Assert.Equal(AgentFailure.TooBig, Assert.Throws<AgentFailedException>(() => AnswerDocument.Runbooks(Of(AnswerDocument.LargestAnswer + 2))).Failure);
    }

    [Theory]
    [InlineData("""{"runbook":null}""")]
    [InlineData("{}")]
    public void No_runbook_is_an_answer_too(string text) => Assert.Null(AnswerDocument.Runbook(text));

    [Fact]
    public void What_may_be_left_out_may_be_null_too()
    {
        var wish = Assert.Single(AnswerDocument.Wishes("""{"version":1,"wishes":[{"text":"a","after":null,"runbook":{"id":"a","confidence":1e-1,"evidence":"","values":null}}]}"""));

        Assert.Empty(wish.After);
        Assert.Equal(0.1, wish.Proposal!.Confidence);
        Assert.Empty(wish.Proposal.Values);
    }
}
