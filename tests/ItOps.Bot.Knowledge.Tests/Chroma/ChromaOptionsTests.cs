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
    [InlineData("Knowledge:Chroma:Url must be", "Chroma:Url=localhost:8000")]
    [InlineData("Knowledge:Chroma:Url must be", "Chroma:Url=ftp://x")]
    [InlineData("Knowledge:Chroma:Url must be", "Chroma:Url=http://a:b@x")]
    [InlineData("Knowledge:Chroma:Url is 'http://chroma:8000/'", "Chroma:Url=http://chroma:8000", "Chroma:Token=t")]
    [InlineData("Knowledge:Chroma:AllowHttp must be true or false", "Chroma:AllowHttp=yes")]
    [InlineData("Knowledge:Chroma:Tenant is '..'", "Chroma:Tenant=..")]
    [InlineData("Knowledge:Chroma:Database is 'a/b'", "Chroma:Database=a/b")]
    [InlineData("Knowledge:Chroma:CollectionPrefix is '-x'", "Chroma:CollectionPrefix=-x")]
    [InlineData("Knowledge:Chroma:Token has characters", "Chroma:Token=a b")]
    [InlineData("Knowledge:Chroma:TokenHeader is 'Cookie'", "Chroma:TokenHeader=Cookie")]
    [InlineData("Knowledge:Chroma:QueryTimeOutMilliseconds must be", "Chroma:QueryTimeOutMilliseconds=0")]
    [InlineData("Knowledge:Chroma:QueryTimeOutMilliseconds must be", "Chroma:QueryTimeOutMilliseconds=soon")]
    [InlineData("Knowledge:Chroma:EmbeddingTimeOutMilliseconds must be", "Chroma:EmbeddingTimeOutMilliseconds=60000")]
    [InlineData("Knowledge:Llm:Endpoint is missing", "Llm:EmbeddingModel=m")]
    [InlineData("Knowledge:Llm:Endpoint is 'http://models.example.com/v1/'", "Llm:EmbeddingModel=m", "Llm:Endpoint=http://models.example.com/v1", "Llm:ApiKey=k")]
    public void A_mistake_names_its_key(string message, params string[] settings) =>
        Assert.StartsWith(message, Assert.Throws<SettingException>(() => From([.. Enough, .. settings])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Chroma:Url=http://chroma:8000")]
    [InlineData("Chroma:Url=http://127.0.0.1:8000", "Chroma:Token=t")]
    [InlineData("Chroma:Url=https://chroma.example.com", "Chroma:Token=t")]
    [InlineData("Chroma:Url=http://chroma:8000", "Chroma:Token=t", "Chroma:AllowHttp=true")]
    public void A_token_travels_encrypted_or_not_at_all_or_where_somebody_says_that_it_is_safe(params string[] settings) => Assert.NotNull(From([.. Enough, .. settings]));

    [Fact]
    public void What_is_blank_is_as_if_it_were_not_there()
    {
        var options = From([.. Enough, "Chroma:Tenant= ", "Chroma:Database= ", "Chroma:CollectionPrefix= ", "Chroma:Token= ", "Chroma:TokenHeader= ", "Chroma:QueryTimeOutMilliseconds= "])!;

        Assert.Equal(From(Enough), options);
    }

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
