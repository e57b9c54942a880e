using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;
using ItOps.Bot.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class Transcript(Bodies bodies, StoredJson json, CommitWriter writer) : ITranscript
{
    private static readonly Func<BotDbContext, string, int, IAsyncEnumerable<string>> s_newest = EF.CompileAsyncQuery(
        (BotDbContext db, string where, int take) => db.Set<TranscriptRow>()
            .Where(r => r.Conversation == where).OrderByDescending(r => r.Position).Take(take).Select(r => r.Body));

    /// <summary>A conflict is the message being there already, which is all that was wanted.</summary>
    public Task PostAsync(TranscriptMessage message, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            [new PostToTranscript(message.Conversation.ToString(), message.Id, json.Write(message))], cancellationToken);

    public Task UpdateAsync(ConversationId conversation, string messageId, Reply reply, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            [
                new ChangeTranscript(
                    conversation.ToString(),
                    messageId,
                    body => json.Write(json.Read<TranscriptMessage>(body) with { Reply = reply, Text = null })),
            ],
            cancellationToken);

    public async Task<IReadOnlyList<TranscriptMessage>> ReadAsync(ConversationId conversation, int take, CancellationToken cancellationToken)
    {
        var newestFirst = await bodies.ListAsync<TranscriptMessage>(db => s_newest(db, conversation.ToString(), take), cancellationToken);
        return [.. newestFirst.Reverse()];
    }
}
