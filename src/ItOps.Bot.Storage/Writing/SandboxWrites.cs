using ItOps.Bot.Accounts;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Writing;

internal sealed class SaveSandboxDocument(SandboxDocument document) : IWrite
{
    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var row = new SandboxDocumentRow { Kind = document.Kind, Id = document.Id, Version = document.Version, Body = document.Json };
        await scope.SaveVersionedAsync(row, $"{row.Kind} {row.Id}", row.Version, cancellationToken);
        return true;
    }
}

internal sealed class RecordSandboxEffects(IReadOnlyList<SandboxEffect> effects) : IWrite
{
    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        if (effects.Count == 0)
            return true;
        var position = await scope.Db.Set<SandboxEffectRow>().MaxAsync(r => (long?)r.Position, cancellationToken) ?? 0;
        foreach (var effect in effects)
        {
            scope.Db.Add(new SandboxEffectRow
            {
                Position = ++position,
                ObjectId = effect.ObjectId,
                Operation = effect.Operation,
                At = effect.At.UtcTicks,
            });
        }

        return true;
    }
}
