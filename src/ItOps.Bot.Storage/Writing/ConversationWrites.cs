using ItOps.Bot.Conversations;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

internal sealed class AcceptTurn(string id, string body) : IWrite
{
    private static readonly Statement s_accept = new(
        "INSERT INTO inbox (id, accepted_at, handled, body) VALUES (@id, @accepted_at, FALSE, @body) ON CONFLICT DO NOTHING");

    public bool Apply(WriteScope scope) => scope.Change(s_accept, id, scope.Now.UtcTicks, body);
}

internal sealed class HandleTurn(string id) : IWrite
{
    private static readonly Statement s_handle = new(
        "UPDATE inbox SET handled = TRUE, body = '' WHERE id = @id AND handled = FALSE");

    public bool Apply(WriteScope scope) => scope.Change(s_handle, id);
}

internal sealed class SaveConversation(string id, int version, string body) : IWrite
{
    private static readonly Statement s_insert = new(
        "INSERT INTO conversations (version, body, id) VALUES (@version, @body, @id) ON CONFLICT DO NOTHING");

    private static readonly Statement s_update = new(
        "UPDATE conversations SET version = @version, body = @body WHERE id = @id AND version = @version - 1");

    public static SaveConversation Of(ConversationContext conversation, StoredJson json) =>
        new(conversation.Id.ToString(), conversation.Version, json.Write(conversation));

    public bool Apply(WriteScope scope) => scope.ChangeVersion(version, s_insert, s_update, version, body, id);
}

internal sealed class SaveRoute(string conversation, string? route) : IWrite
{
    private static readonly Statement s_save = new(
        """
        INSERT INTO routes (conversation, route) VALUES (@conversation, @route)
        ON CONFLICT (conversation) DO UPDATE SET route = excluded.route
        """);

    private static readonly Statement s_forget = new("DELETE FROM routes WHERE conversation = @conversation");

    public bool Apply(WriteScope scope)
    {
        if (route is null)
            scope.Execute(s_forget, conversation);
        else
            scope.Execute(s_save, conversation, route);
        return true;
    }
}
