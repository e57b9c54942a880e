using System.Text.Json;
using ItOps.Bot.Auditing;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal static class AuditRows
{
    public const int HeadId = 1;

    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Func<BotDbContext, Task<AuditHead?>> s_head = EF.CompileAsyncQuery(
        (BotDbContext db) => db.Set<AuditHeadRow>().Where(r => r.Id == HeadId).Select(r => new AuditHead(r.Count, r.Hash)).FirstOrDefault());

    public static AuditRow From(AuditRecord record) => new()
    {
        Sequence = record.Sequence,
        At = record.At.UtcTicks,
        Action = record.Entry.Action,
        Actor = record.Entry.Actor,
        ActorName = record.Entry.ActorName,
        Subject = record.Entry.Subject,
        RequestId = record.Entry.RequestId,
        Facts = JsonSerializer.Serialize(record.Entry.Facts, s_plain),
        PreviousHash = record.PreviousHash,
        Hash = record.Hash,
    };

    public static AuditRecord ToRecord(AuditRow row) => new(
        row.Sequence,
        At(row.At),
        new AuditEntry(row.Action, row.Actor, row.ActorName, row.Subject, row.RequestId, Facts(row.Facts)),
        row.PreviousHash,
        row.Hash);

    public static async Task<AuditHead> HeadAsync(BotDbContext db, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await s_head(db) ?? AuditHead.Empty;
    }

    // Whoever changed the table by hand must not stop the verifier that would find it: what cannot be read is shown as it is, and its hash will not match.
    private static DateTimeOffset At(long ticks) =>
        ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : DateTimeOffset.MinValue;

    private static Dictionary<string, string> Facts(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json, s_plain) ?? [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, string> { ["unreadable"] = json };
        }
    }
}
