using ItOps.Bot.Assurance;

namespace ItOps.Bot.Storage.Writing;

internal sealed class NoteTarget(TargetUse use) : IWrite
{
    private static readonly Statement s_note = new(
        "INSERT INTO target_uses (request_id, owner, operation, at) VALUES (@request_id, @owner, @operation, @at) ON CONFLICT DO NOTHING");

    public bool Apply(WriteScope scope)
    {
        scope.Execute(s_note, use.RequestId, use.Owner.Value, use.Operation, use.At.UtcTicks);
        return true;
    }
}
