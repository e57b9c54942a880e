using ItOps.Bot.Knowledge.Chroma;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

public sealed class ChromaOptionsTests
{
    private static readonly string[] Enough = ["Retriever=chroma", "Chroma:Url=http://localhost:8000"];

    [Theory]
    [InlineData]
    [InlineData("Retriever=")]
    [InlineData("Retriever=embedded")]
    [InlineData("Retriever=embedded", "Chroma:Url=nonsense")]
    public void Without_being_asked_for_there_is_no_chroma(params string[] settings) => Assert.Null(From(settings));

    [Fact]
    public void An_address_is_enough()
    {
        var options = From(Enough)!;
        Assert.Equal("http://localhost:8000/", options.Url.AbsoluteUri);
        Assert.Equal(("default_tenant", "default_database", "itops", "Authorization"), (options.Tenant, options.Database, options.CollectionPrefix, options.TokenHeader));
        Assert.Equal((300, null, null), (options.QueryTimeOut.TotalMilliseconds, options.Token, options.Embeddings));
    }

    [Theory]
    [InlineData("Knowledge:Retriever is 'pinecone'", "Retriever=pinecone")]
    [InlineData("Knowledge:Chroma:Url is missing", "Chroma:Url=")]
    [InlineData("Knowledge:Chroma:Url is 'localhost:8000'", "Chroma:Url=localhost:8000")]
    [InlineData("Knowledge:Chroma:Url is 'ftp://x'", "Chroma:Url=ftp://x")]
    [InlineData("Knowledge:Chroma:Url is 'http://a:b@x'", "Chroma:Url=http://a:b@x")]
    [InlineData("Knowledge:Chroma:Tenant is '..'", "Chroma:Tenant=..")]
    [InlineData("Knowledge:Chroma:Database is 'a/b'", "Chroma:Database=a/b")]
    [InlineData("Knowledge:Chroma:CollectionPrefix is '-x'", "Chroma:CollectionPrefix=-x")]
    [InlineData("Knowledge:Chroma:Token has characters", "Chroma:Token=a b")]
    [InlineData("Knowledge:Chroma:TokenHeader is 'Cookie'", "Chroma:TokenHeader=Cookie")]
    [InlineData("Knowledge:Chroma:QueryTimeOutMilliseconds is '0'", "Chroma:QueryTimeOutMilliseconds=0")]
    [InlineData("Knowledge:Chroma:QueryTimeOutMilliseconds is 'soon'", "Chroma:QueryTimeOutMilliseconds=soon")]
    [InlineData("Knowledge:Chroma:EmbeddingTimeOutMilliseconds is '60000'", "Chroma:EmbeddingTimeOutMilliseconds=60000")]
    [InlineData("Knowledge:Llm:Endpoint is missing", "Llm:EmbeddingModel=m")]
    [InlineData("Knowledge:Llm:Endpoint is 'http://models.example.com/v1/'", "Llm:EmbeddingModel=m", "Llm:Endpoint=http://models.example.com/v1", "Llm:ApiKey=k")]
    public void A_mistake_names_its_key(string message, params string[] settings) =>
        Assert.StartsWith(message, Assert.Throws<SettingException>(() => From([.. Enough, .. settings])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_token_and_a_key_are_never_printed() =>
        Assert.DoesNotContain("hunter2", $"{From([.. Enough, "Chroma:Token=hunter2", "Llm:EmbeddingModel=m", "Llm:Endpoint=http://localhost/v1", "Llm:ApiKey=hunter2"])}", StringComparison.Ordinal);

    private static ChromaOptions? From(params string[] settings)
    {
        var all = new Dictionary<string, string?>();
        foreach (var pair in settings.Select(s => s.Split('=', 2)))
            all["Knowledge:" + pair[0]] = pair[1];
        return ChromaOptions.From(new ConfigurationBuilder().AddInMemoryCollection(all).Build().GetSection("Knowledge"));
    }
}
