using ItOps.Bot.Approvals;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Requests;

/// <summary>Makes and finds the requests of a turn, stored or about to be.</summary>
public sealed class RequestDrafts(IRequestStore requests, ApprovalPolicy policy, TimeProvider time)
{
    public Problem TooOften => new(ProblemCode.TooManyRequests, $"More than {policy.RequestsPerHour} requests in an hour.");

    public async Task<bool> AskedTooOftenAsync(DialogTurn turn, CancellationToken cancellationToken) =>
        await requests.CountSinceAsync(turn.Actor.Id, time.GetUtcNow() - TimeSpan.FromHours(1), cancellationToken) >= policy.RequestsPerHour;

    public async Task<ServiceRequest> LoadAsync(DialogTurn turn, string requestId, CancellationToken cancellationToken) =>
        turn.Commit.Pending(requestId) ?? await requests.FindAsync(requestId, cancellationToken)
        ?? throw new InvalidOperationException($"Request {requestId} is not stored.");

    public ServiceRequest New(DialogTurn turn, string runbookId, string title, string words)
    {
        var now = time.GetUtcNow();
        return new(Id.New(time), Id.NewRequestNumber(), turn.Actor.Id, turn.Actor.Person.DisplayName, turn.Conversation, runbookId, title)
        {
            OpenedAt = now,
            UpdatedAt = now,
            Version = 1,
            Words = ServiceRequest.CutWords(words),
            Assurance = Words.English.Assurance(turn.Actor.Assurance.Method, turn.Actor.Via.Channel),
        };
    }

    public static ServiceRequest WithPlan(ServiceRequest request, PreparedPlan prepared) => request with
    {
        Title = prepared.Title,
        Plan = prepared.Plan,
        Previews = prepared.Previews,
        Digest = PlanDigest.Of(prepared.Plan),
    };
}
