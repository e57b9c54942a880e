using ItOps.Bot.Commits;
using ItOps.Bot.Requests;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Writing;

/// <summary>A runner's sign of life: no new version, so it never makes the runner's own next save conflict.</summary>
internal sealed class RenewLease(LeaseRenewed renewed, StoredJson json) : IWrite
{
    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.SaveAsync(cancellationToken);
        var body = await scope.Db.Set<RequestRow>()
            .Where(r => r.Id == renewed.RequestId && r.Fence == renewed.Fence)
            .Select(r => r.Body)
            .FirstOrDefaultAsync(cancellationToken);
        if (body is null || json.Read<ServiceRequest>(body) is not { LeaseUntil: not null } request)
            return false;
        var alive = json.Write(request with { LeaseUntil = renewed.Until });
        await scope.Db.Set<RequestRow>()
            .Where(r => r.Id == renewed.RequestId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, renewed.Until.UtcTicks).SetProperty(r => r.Body, alive), cancellationToken);
        return true;
    }
}
