using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

internal sealed class RecordDecision(DecisionRecorded recorded, string body) : IWrite
{
    // Counted as it is written: many presses at once are no way past the limit.
    private static readonly Statement s_record = new(
        """
        INSERT INTO decisions (id, person, kind, at, body)
        SELECT @id, @person, @kind, @at, @body
        WHERE (SELECT COUNT(*) FROM decisions WHERE person = @person AND kind <> 'Limited' AND at >= @since) < @limit
        ON CONFLICT DO NOTHING
        """);

    public static RecordDecision Of(DecisionRecorded recorded, StoredJson json) => new(recorded, json.Write(recorded.Decision));

    public bool Apply(WriteScope scope) => scope.Change(
        s_record,
        recorded.Decision.Id,
        recorded.Decision.Approver.Value,
        recorded.Decision.Kind.ToString(),
        recorded.Decision.At.UtcTicks,
        body,
        recorded.Since.UtcTicks,
        recorded.Limit);
}
