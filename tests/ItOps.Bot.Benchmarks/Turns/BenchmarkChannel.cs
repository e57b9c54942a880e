using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Benchmarks.Turns;

/// <summary>Sends replies as Bolt does: a form to <c>chat.postMessage</c>.</summary>
internal sealed class BenchmarkChannel(int sinkPort) : IChannel, IDisposable
{
    public const string ChannelName = "benchmark";

    private readonly HttpClient _http = new();
    private readonly Uri _post = new($"http://127.0.0.1:{sinkPort}/api/chat.postMessage");

    public string Name => ChannelName;

    public async Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([new("channel", delivery.To.Value), new("text", delivery.Reply.Text), new("token", "x")]);
        using var answer = await _http.PostAsync(_post, form, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return new(delivery.To, delivery.Id);
    }

    public void Dispose() => _http.Dispose();

    public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult<ConversationId?>(null);
}
