using ItOps.Bot.Commits;
using ItOps.Bot.Requests;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

/// <summary>A runner's sign of life: no new version, so it never makes the runner's own next save conflict.</summary>
internal sealed class RenewLease(LeaseRenewed renewed, StoredJson json) : IWrite
{
    private static readonly Statement s_find = new("SELECT body FROM requests WHERE id = @id AND fence = @fence");

    private static readonly Statement s_renew = new("UPDATE requests SET lease_until = @lease_until, body = @body WHERE id = @id");

    public bool Apply(WriteScope scope)
    {
        var body = scope.First(s_find, row => row.GetString(0), renewed.RequestId, renewed.Fence);
        if (body is null || json.Read<ServiceRequest>(body) is not { LeaseUntil: not null } request)
            return false;
        return scope.Change(s_renew, renewed.Until.UtcTicks, json.Write(request with { LeaseUntil = renewed.Until }), renewed.RequestId);
    }
}
