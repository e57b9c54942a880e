using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Console.Tests.Hosting;

internal static class Seed
{
    /// <summary>A request of somebody for their own account that waits for an approver; the approval's id is <c>a-</c> and the request's.</summary>
    public static async Task<string> WaitingRequestAsync(this ConsoleHost host, string id, string requester, string title = "Unlock an account", string? typeToConfirm = null)
    {
        var person = People.Make(requester);
        var now = TimeProvider.System.GetUtcNow();
        var target = new PlanTarget("account", "D-" + requester, requester, "Directory", person.Id);
        var plan = new Plan("account_locked", 1, 1, [new PlanStep("account.unlock", new(), target)]);
        var request = new ServiceRequest(id, "IT-" + id, person.Id, person.DisplayName, new("console", requester), "account_locked", title)
        {
            OpenedAt = now,
            UpdatedAt = now,
            Version = 1,
            Status = RequestStatus.AwaitingApproval,
            Plan = plan,
            Digest = PlanDigest.Of(plan),
            Previews = [new(target, [new("State", "locked", "unlocked")]) { PlainState = "It is locked." }],
        };
        var approval = new Approval("a-" + id, id, ApprovalPurpose.Change, request.Digest)
        {
            Version = 1,
            Requester = person.Id,
            Targets = [person.Id],
            Groups = ["it-approvers"],
            TypeToConfirm = typeToConfirm,
            AskedAt = now,
            ExpiresAt = now.AddHours(4),
        };
        var commit = new Commit().Add(new RequestSaved(request)).Add(new ApprovalSaved(approval)).Audit(AuditEntry.By(person, "request.opened", id, id));
        Assert.Equal(CommitOutcome.Committed, await host.Memory.CommitAsync(commit, TestContext.Current.CancellationToken));
        return approval.Id;
    }

    public static Task<Approval?> ApprovalAsync(this ConsoleHost host, string id) =>
        ((IApprovalStore)host.Memory).FindAsync(id, TestContext.Current.CancellationToken);
}
