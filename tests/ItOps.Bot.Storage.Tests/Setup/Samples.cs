using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Storage.Tests.Setup;

/// <summary>Records as the bot makes them, with every kind of member set.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Moment = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public static readonly PersonId Alice = new("person-alice");

    public static readonly ConversationId Chat = new("slack", "T0LAB/D0ALICE");

    public static Commit Audited(params Change[] changes)
    {
        var commit = new Commit();
        foreach (var change in changes)
            commit.Add(change);
        return commit.Audit(Entry());
    }

    public static AuditEntry Entry(string action = "request.changed", string subject = "r1", string? requestId = "r1", string fact = "value") =>
        new(action, "person-omar", "Omar", subject, requestId, new Dictionary<string, string> { ["fact"] = fact, ["a"] = "b" });

    public static ServiceRequest Request(string id = "r1", int version = 1, RequestStatus status = RequestStatus.Running, int fence = 1) => new(
        id, $"IT-{id}", Alice, "Alice Äpfel", Chat, "account_locked", "Unlock alice in Directory")
    {
        Status = status,
        Version = version,
        Fence = fence,
        OpenedAt = Moment,
        UpdatedAt = Moment.AddSeconds(3),
        Words = "i cant log in \"help\" <b>",
        Plan = Plan(),
        Previews =
        [
            new Preview(Plan().Steps[0].Target, [new CardChange("Lock", "locked since 08:32", "unlocked")])
            {
                PlainState = "Your account is locked.",
                Preconditions = new Dictionary<string, string> { ["locked"] = "true" },
                ResourceOwners = [Alice],
            },
        ],
        Digest = "d1",
        Problem = new Problem(ProblemCode.SystemUnavailable, "the directory did not answer"),
    };

    public static Plan Plan() => new(
        "account_locked",
        1,
        1,
        [
            new PlanStep(
                "account.unlock",
                new StepArguments([new("account", "directory/1"), new("Zone", "x")]),
                new PlanTarget("account", "directory/1", "alice", "Directory", Alice)),
        ]);

    public static Approval Approval(string id = "a1", int version = 1, ApprovalStatus status = ApprovalStatus.Pending, string requestId = "r1") =>
        new(id, requestId, ApprovalPurpose.Change, "d1")
        {
            Status = status,
            Version = version,
            Requester = Alice,
            Targets = [Alice],
            Groups = ["it-approvers"],
            AskedAt = Moment,
            ExpiresAt = Moment.AddHours(4),
            Votes = status == ApprovalStatus.Pending ? [] : [new Vote(new("person-omar"), "Omar", Verdict.Approve, Moment, "teams", null)],
        };

    public static OutboxMessage Message(string id = "m1", ConversationId? to = null, string? topic = null, DateTimeOffset? at = null) =>
        new(id, to ?? Chat, new Reply($"Hello from {id}") { Choices = [new Choice("c1", "Yes", "now")] }, at ?? Moment) { Topic = topic };

    public static MessageTurn Turn(string id = "t1") => new(id, new("slack", "T0LAB", "U0ALICE"), Chat, Moment, "im locked out");
}
