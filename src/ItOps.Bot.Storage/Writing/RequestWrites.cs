using ItOps.Bot.Approvals;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Writing;

internal sealed class SaveRequest(RequestRow row) : IWrite
{
    public static SaveRequest Of(ServiceRequest request, StoredJson json) => new(new()
    {
        Id = request.Id,
        Number = request.Number,
        Requester = request.Requester.Value,
        Status = request.Status.ToString(),
        Version = request.Version,
        Fence = request.Fence,
        LeaseUntil = request.LeaseUntil?.UtcTicks,
        OpenedAt = request.OpenedAt.UtcTicks,
        Body = json.Write(request),
    });

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.SaveVersionedAsync(row, row.Id, row.Version, cancellationToken);
        scope.KnowFence(row.Id, row.Fence);
        return true;
    }
}

internal sealed class SaveApproval(Approval approval, string body) : IWrite
{
    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var row = new ApprovalRow
        {
            Id = approval.Id,
            RequestId = approval.RequestId,
            Status = approval.Status.ToString(),
            Version = approval.Version,
            AskedAt = approval.AskedAt.UtcTicks,
            DueAt = DueAt(approval).UtcTicks,
            UpdatedAt = scope.Now,
            Body = body,
        };
        await scope.SaveVersionedAsync(row, row.Id, row.Version, cancellationToken);
        return true;
    }

    private static DateTimeOffset DueAt(Approval approval)
    {
        var due = approval.ExpiresAt;
        if (!approval.Reminded && approval.RemindAt is { } remind && remind < due)
            due = remind;
        if (!approval.Escalated && approval.EscalateAt is { } escalate && escalate < due)
            due = escalate;
        return due;
    }
}

internal sealed class SaveStep(StepRow row, int fence) : IWrite
{
    private static readonly Func<BotDbContext, string, string, int, Task<Found?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string request, string digest, int index) => db.Set<RequestRow>()
            .Where(r => r.Id == request)
            .Select(r => new Found(r.Fence, db.Set<StepRow>().Any(s => s.RequestId == request && s.Digest == digest && s.Index == index)))
            .FirstOrDefault());

    public static SaveStep Of(StepRecord step, StoredJson json) => new(
        new() { RequestId = step.RequestId, Digest = step.Digest, Index = step.Index, Body = json.Write(step) }, step.Fence);

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<StepRow>($"{row.RequestId} {row.Digest} {row.Index}", cancellationToken);
        var found = await s_find(scope.Db, row.RequestId, row.Digest, row.Index);
        if ((scope.KnownFence(row.RequestId) ?? found?.Fence) != fence)
            return false;
        if (found is { IsJournaled: true })
            scope.Db.Attach(row).State = EntityState.Modified;
        else
            scope.Db.Add(row);
        return true;
    }

    private sealed record Found(int Fence, bool IsJournaled);
}
