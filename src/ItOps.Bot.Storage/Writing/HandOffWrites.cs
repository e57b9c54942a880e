using ItOps.Bot.HandOffs;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

/// <summary>A second one for the same request conflicts as a second one of the same version does.</summary>
internal sealed class SaveHandOff(HandOffCase handOff, string body) : IWrite
{
    private static readonly Statement s_insert = new(
        """
        INSERT INTO hand_offs (request_id, status, version, opened_at, ticket_due_at, body, id)
        VALUES (@request_id, @status, @version, @opened_at, @ticket_due_at, @body, @id)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement s_update = new(
        """
        UPDATE hand_offs SET request_id = @request_id, status = @status, version = @version, opened_at = @opened_at, ticket_due_at = @ticket_due_at, body = @body
        WHERE id = @id AND version = @version - 1
        """);

    public static SaveHandOff Of(HandOffCase handOff, StoredJson json) => new(handOff, json.Write(handOff));

    public bool Apply(WriteScope scope) => scope.ChangeVersion(
        handOff.Version,
        s_insert,
        s_update,
        handOff.RequestId,
        handOff.Status.ToString(),
        handOff.Version,
        handOff.OpenedAt.UtcTicks,
        handOff.Ticket?.NextAt?.UtcTicks,
        body,
        handOff.Id);
}
