using ItOps.Bot.Approvals;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;

namespace ItOps.Bot.Storage.Writing;

internal sealed class SaveRequest(ServiceRequest request, string body) : IWrite
{
    private static readonly Statement s_insert = new(
        """
        INSERT INTO requests (number, requester, status, version, fence, lease_until, opened_at, body, id)
        VALUES (@number, @requester, @status, @version, @fence, @lease_until, @opened_at, @body, @id)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement s_update = new(
        """
        UPDATE requests SET number = @number, requester = @requester, status = @status, version = @version, fence = @fence,
        lease_until = @lease_until, opened_at = @opened_at, body = @body
        WHERE id = @id AND version = @version - 1
        """);

    private static readonly Statement s_group = new(
        """
        INSERT INTO grouped_requests (request_id, group_id, held) VALUES (@request_id, @group_id, @held)
        ON CONFLICT (request_id) DO UPDATE SET group_id = excluded.group_id, held = excluded.held
        """);

    public static SaveRequest Of(ServiceRequest request, StoredJson json) => new(request, json.Write(request));

    public bool Apply(WriteScope scope) => Save(scope) && (request.Group is not { } group || scope.Change(s_group, request.Id, group.Id, IsHeld));

    private bool IsHeld => request is { Group.IsHeld: true, Status: RequestStatus.AwaitingApproval or RequestStatus.Approved };

    private bool Save(WriteScope scope) => scope.ChangeVersion(
        request.Version,
        s_insert,
        s_update,
        request.Number,
        request.Requester.Value,
        request.Status.ToString(),
        request.Version,
        request.Fence,
        request.LeaseUntil?.UtcTicks,
        request.OpenedAt.UtcTicks,
        body,
        request.Id);
}

internal sealed class SaveApproval(Approval approval, string body) : IWrite
{
    private static readonly Statement s_insert = new(
        """
        INSERT INTO approvals (request_id, status, version, asked_at, due_at, updated_at, body, id)
        VALUES (@request_id, @status, @version, @asked_at, @due_at, @updated_at, @body, @id)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement s_update = new(
        """
        UPDATE approvals SET request_id = @request_id, status = @status, version = @version, asked_at = @asked_at, due_at = @due_at,
        updated_at = @updated_at, body = @body
        WHERE id = @id AND version = @version - 1
        """);

    private static readonly Statement s_bundle = new(
        "INSERT INTO bundled_approvals (approval_id, bundle) VALUES (@approval_id, @bundle) ON CONFLICT (approval_id) DO UPDATE SET bundle = excluded.bundle");

    public static SaveApproval Of(Approval approval, StoredJson json) => new(approval, json.Write(approval));

    public bool Apply(WriteScope scope) => Save(scope) && (approval.Bundle is not { } bundle || scope.Change(s_bundle, approval.Id, bundle));

    private bool Save(WriteScope scope) => scope.ChangeVersion(
        approval.Version,
        s_insert,
        s_update,
        approval.RequestId,
        ApprovalRow.StatusOf(approval),
        approval.Version,
        approval.AskedAt.UtcTicks,
        DueAt(approval).UtcTicks,
        scope.Now.UtcTicks,
        body,
        approval.Id);

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

internal sealed class SaveStep(StepRecord step, string body) : IWrite
{
    private static readonly Statement s_fenced = new("SELECT fence FROM requests WHERE id = @id AND fence = @fence");

    private static readonly Statement s_save = new(
        """
        INSERT INTO steps (request_id, digest, "index", body) VALUES (@request_id, @digest, @index, @body)
        ON CONFLICT (request_id, digest, "index") DO UPDATE SET body = excluded.body
        """);

    public static SaveStep Of(StepRecord step, StoredJson json) => new(step, json.Write(step));

    public bool Apply(WriteScope scope) =>
        scope.First(s_fenced, _ => true, step.RequestId, step.Fence) && scope.Change(s_save, step.RequestId, step.Digest, step.Index, body);
}
