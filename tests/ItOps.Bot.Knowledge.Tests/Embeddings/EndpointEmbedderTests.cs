using System.Buffers.Binary;
using System.Text.Json.Nodes;
using ItOps.Bot.Knowledge.Embeddings;
using ItOps.Bot.Knowledge.Llm;
using ItOps.Bot.Testing.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Knowledge.Tests.Embeddings;

public sealed class EndpointEmbedderTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private Func<HttpContext, JsonObject, Task> _answer = (context, asked) => context.Response.WriteAsJsonAsync(Vectors(asked, asText: true));
    private readonly List<JsonObject> _asked = [];
    private string? _address;
    private string? _authorization;
    private string? _apiKey;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("{**path}", async (HttpContext context, JsonObject asked) =>
        {
            _asked.Add(asked);
            _address = $"{context.Request.Path}{context.Request.QueryString}";
            _authorization = context.Request.Headers.Authorization.ToString();
            _apiKey = context.Request.Headers["api-key"].ToString();
            await _answer(context, asked);
        });
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vectors_come_in_the_order_of_the_texts_and_have_length_one(bool asText)
    {
        _answer = (context, asked) => context.Response.WriteAsJsonAsync(Vectors(asked, asText));
        using var embedder = Embedder("k3y");

        Assert.Null(embedder.Dimensions);
        var vectors = await embedder.EmbedAsync(["a", "bbb"], EmbeddingUse.Documents, TestContext.Current.CancellationToken);

        Assert.Equal(3, embedder.Dimensions);
        Assert.Equal([1 / Math.Sqrt(2), 3 / Math.Sqrt(10)], vectors.Select(v => (double)v[0]), new Nearly());
        Assert.Equal(("/v1/embeddings", "Bearer k3y"), (_address, _authorization));
        Assert.Equal("m", (string?)_asked[0]["model"]);
    }

    [Fact]
    public async Task Many_texts_go_in_several_requests_and_long_ones_are_cut()
    {
        using var embedder = Embedder(null);

        var vectors = await embedder.EmbedAsync([.. Enumerable.Repeat(new string('x', 9_000), 100)], EmbeddingUse.Documents, TestContext.Current.CancellationToken);

        Assert.Equal((100, 2, ""), (vectors.Count, _asked.Count, _authorization));
        Assert.Equal(2_000, ((string)_asked[0]["input"]![0]!).Length);
    }

    [Fact]
    public async Task What_looks_like_a_secret_is_not_sent()
    {
        using var embedder = Embedder(null);

        await embedder.EmbedAsync(["my password is hunter2 and it does not work"], EmbeddingUse.Question, TestContext.Current.CancellationToken);

        Assert.Equal("my password is [removed] and it does not work", (string?)_asked[0]["input"]![0]);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("status")]
    [InlineData("too few")]
    [InlineData("different lengths")]
    [InlineData("ten megabytes")]
    [InlineData("never")]
    [InlineData("broken off")]
    [InlineData("empty")]
    public async Task Whatever_goes_wrong_is_one_exception_and_soon_nothing_is_asked_any_more(string fault)
    {
        _answer = (context, asked) => FailAsync(context, asked, fault);
        using var embedder = Embedder(null, TimeSpan.FromMilliseconds(fault == "never" ? 1_000 : 60_000));

        for (var i = 0; i < 5; i++)
        {
            var failed = await Assert.ThrowsAsync<EmbeddingFailedException>(() => embedder.EmbedAsync(["i am locked out"], EmbeddingUse.Question, TestContext.Current.CancellationToken));
            Assert.DoesNotContain("locked out", failed.Message, StringComparison.Ordinal);
        }

        Assert.InRange(_asked.Count, 1, 3);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task A_message_that_is_not_taken_does_not_take_embeddings_from_others(int status)
    {
        using var embedder = Embedder(null);
        _answer = (context, _) =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        for (var i = 0; i < 4; i++)
            await Assert.ThrowsAsync<EmbeddingFailedException>(() => embedder.EmbedAsync(["x"], EmbeddingUse.Question, TestContext.Current.CancellationToken));

        _answer = (context, asked) => context.Response.WriteAsJsonAsync(Vectors(asked, asText: true));
        Assert.Single(await embedder.EmbedAsync(["i am locked out"], EmbeddingUse.Question, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Azure_is_asked_at_the_deployment_of_the_embeddings()
    {
        using var embedder = new EndpointEmbedder(
            new() { Endpoint = new(_app.Urls.Single() + "/"), Provider = LlmProvider.Azure, ApiVersion = "2024-10-21", ApiKey = new("k3y"), ChatModel = "chat", EmbeddingModel = "m" },
            TimeSpan.FromSeconds(10), new FakeTimeProvider(), NullLogger<EndpointEmbedder>.Instance);

        Assert.Single(await embedder.EmbedAsync(["a"], EmbeddingUse.Documents, TestContext.Current.CancellationToken));

        Assert.Equal(("/openai/deployments/m/embeddings?api-version=2024-10-21", "", "k3y"), (_address, _authorization, _apiKey));
    }

    [Fact]
    public async Task Documents_are_tried_again()
    {
        _answer = (context, asked) => _asked.Count < 3 ? FailAsync(context, asked, "status") : context.Response.WriteAsJsonAsync(Vectors(asked, asText: true));
        using var embedder = Embedder(null);

        Assert.Single(await embedder.EmbedAsync(["a"], EmbeddingUse.Documents, TestContext.Current.CancellationToken));
    }

    private static async Task FailAsync(HttpContext context, JsonObject asked, string fault)
    {
        switch (fault)
        {
            case "garbage":
                await context.Response.WriteAsync("<html>busy</html>");
                break;
            case "status":
                context.Response.StatusCode = 503;
                break;
            case "too few":
                await context.Response.WriteAsJsonAsync(new { data = Array.Empty<object>(), model = "m", usage = new { prompt_tokens = 1, total_tokens = 1 } });
                break;
            case "different lengths":
                await context.Response.WriteAsJsonAsync(new { data = new[] { new { index = 0, embedding = Array.Empty<float>() } } });
                break;
            case "ten megabytes":
                await context.Response.WriteAsync("[\"" + new string('x', 10 * 1024 * 1024) + "\"]");
                break;
            case "never":
                var gone = new TaskCompletionSource();
                await using (context.RequestAborted.Register(gone.SetResult))
                    await gone.Task;
                break;
            case "broken off":
                context.Abort();
                break;
            default:
                Assert.Equal("empty", fault);
                break;
        }
    }

    private static object Vectors(JsonObject asked, bool asText)
    {
        var texts = asked["input"]!.AsArray().Select(t => (string)t!).ToList();
        return new
        {
            @object = "list",
            model = "m",
            usage = new { prompt_tokens = 1, total_tokens = 1 },
            data = texts.Select((text, i) => new { @object = "embedding", index = i, embedding = Of([text.Length, 1, 0], asText) }).Reverse(),
        };
    }

    private static object Of(float[] vector, bool asText)
    {
        if (!asText)
            return vector;
        var bytes = new byte[vector.Length * 4];
        for (var i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), vector[i]);
        return Convert.ToBase64String(bytes);
    }

    private EndpointEmbedder Embedder(string? key, TimeSpan? timeOut = null) => new(
        new() { Endpoint = new(_app.Urls.Single() + "/v1/"), ApiKey = key is null ? null : new(key), EmbeddingModel = "m" },
        timeOut ?? TimeSpan.FromSeconds(60),
        new FakeTimeProvider { ShortWait = TimeSpan.FromSeconds(5) },
        NullLogger<EndpointEmbedder>.Instance);

    private sealed class Nearly : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-5;

        public int GetHashCode(double value) => 0;
    }
}
