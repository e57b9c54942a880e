namespace ItOps.Bot.Storage.Writing;

internal sealed class PostToTranscript(string conversation, string messageId, string body) : IWrite
{
    private static readonly Statement s_post = new(
        """
        INSERT INTO transcript (conversation, message_id, position, body)
        VALUES (@conversation, @message_id, (SELECT COALESCE(MAX(position), 0) + 1 FROM transcript WHERE conversation = @conversation), @body)
        ON CONFLICT DO NOTHING
        """);

    public bool Apply(WriteScope scope) => scope.Change(s_post, conversation, messageId, body);
}

/// <summary>The new body is made from the old one, so it is made here, where nobody else writes.</summary>
internal sealed class ChangeTranscript(string conversation, string messageId, Func<string, string> change) : IWrite
{
    private static readonly Statement s_find = new("SELECT body FROM transcript WHERE conversation = @conversation AND message_id = @message_id");

    private static readonly Statement s_change = new(
        "UPDATE transcript SET body = @body WHERE conversation = @conversation AND message_id = @message_id");

    public bool Apply(WriteScope scope)
    {
        if (scope.First(s_find, row => row.GetString(0), conversation, messageId) is { } body)
            scope.Execute(s_change, change(body), conversation, messageId);
        return true;
    }
}
