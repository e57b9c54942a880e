using ItOps.Bot.Accounts;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using ItOps.Bot.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class SandboxState(Database database, CommitWriter writer) : ISandboxState
{
    private static readonly Func<BotDbContext, string, string, Task<SandboxDocument?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string kind, string id) => db.Set<SandboxDocumentRow>()
            .Where(r => r.Kind == kind && r.Id == id).Select(r => new SandboxDocument(r.Kind, r.Id, r.Version, r.Body)).FirstOrDefault());

    private static readonly Func<BotDbContext, string, IAsyncEnumerable<SandboxDocument>> s_all = EF.CompileAsyncQuery(
        (BotDbContext db, string kind) => db.Set<SandboxDocumentRow>()
            .Where(r => r.Kind == kind).OrderBy(r => r.Id).Select(r => new SandboxDocument(r.Kind, r.Id, r.Version, r.Body)));

    public Task<SandboxDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(db => s_find(db, kind, id), cancellationToken);

    public Task<IReadOnlyList<SandboxDocument>> AllAsync(string kind, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SandboxDocument>>(async db => await s_all(db, kind).ToListAsync(cancellationToken), cancellationToken);

    public async Task<bool> WriteAsync(
        IReadOnlyList<SandboxDocument> documents, IReadOnlyList<SandboxEffect> effects, CancellationToken cancellationToken)
    {
        IWrite[] writes = [.. documents.Select(d => new SaveSandboxDocument(d)), .. effects.Select(e => new RecordSandboxEffect(e))];
        return await writer.WriteAsync(writes, cancellationToken) == CommitOutcome.Committed;
    }

    public Task<IReadOnlyList<SandboxEffect>> EffectsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SandboxEffect>>(
            async db => await db.Set<SandboxEffectRow>()
                .OrderBy(r => r.Position)
                .Select(r => new SandboxEffect(r.ObjectId, r.Operation, new DateTimeOffset(r.At, TimeSpan.Zero)))
                .ToListAsync(cancellationToken),
            cancellationToken);
}
