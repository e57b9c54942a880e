using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Core.Tests.Commits;

public sealed class CommitCoalescingTests
{
    private static readonly ServiceRequest Request = new("r", "IT-1", new("P1"), "Alice", new("console", "alice"), "x", "X") { OpenedAt = default, UpdatedAt = default };
    private static readonly Approval Asked = new("a", "r", ApprovalPurpose.Change, "d") { Requester = new("P1"), AskedAt = default, ExpiresAt = default };

    [Fact]
    public void A_request_saved_twice_is_one_change_to_the_later_state_under_the_first_version()
    {
        var commit = new Commit()
            .Add(new RequestSaved(Request with { Version = 4, Status = RequestStatus.AwaitingApproval }))
            .Add(new RequestSaved(Request with { Version = 5, Status = RequestStatus.HandedOff }))
            .Add(new RequestSaved(Request with { Id = "other", Version = 1 }));

        Assert.Equal([("r", 4, RequestStatus.HandedOff), ("other", 1, RequestStatus.Draft)], commit.Changes.OfType<RequestSaved>().Select(c => (c.Request.Id, c.Request.Version, c.Request.Status)));
        Assert.Equal(RequestStatus.HandedOff, commit.Pending("r")!.Status);
        Assert.Null(commit.Pending("nobody"));
    }

    [Fact]
    public void Commits_that_are_joined_join_their_approvals_too()
    {
        var later = new Commit().Add(new ApprovalSaved(Asked with { Version = 2, Status = ApprovalStatus.Granted }));

        var commit = new Commit().Add(new ApprovalSaved(Asked with { Version = 1 })).Add(later);

        var saved = Assert.IsType<ApprovalSaved>(Assert.Single(commit.Changes)).Approval;
        Assert.Equal((1, ApprovalStatus.Granted), (saved.Version, saved.Status));
    }

    [Fact]
    public void Every_change_of_state_asks_for_a_record()
    {
        Change[] audited = [new RequestSaved(Request), new ApprovalSaved(Asked), new StepJournaled(new("r", "d", 0, "o", StepStatus.Started)), new SecretTaken("h")];

        Assert.All(audited, change => Assert.True(new Commit().Add(change).LacksAudit));
        Assert.All(audited, change => Assert.False(new Commit().Add(change).Audit(AuditEntry.ByBot("x", "y", null)).LacksAudit));
        Assert.False(new Commit().Add(new TurnHandled("t")).LacksAudit);
    }
}
