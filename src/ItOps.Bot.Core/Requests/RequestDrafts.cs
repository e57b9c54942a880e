using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Requests;

/// <summary>Makes and finds the requests of a turn, stored or about to be.</summary>
public sealed class RequestDrafts(IRequestStore requests, ApprovalPolicy policy, AssuranceDesk assurance, TimeProvider time)
{
    /// <summary>For how long a proof counts in the conversation where it was given.</summary>
    private static readonly TimeSpan EvidenceHolds = TimeSpan.FromMinutes(30);

    public Problem TooOften => new(ProblemCode.TooManyRequests, $"More than {policy.RequestsPerHour} requests in an hour.");

    /// <summary>What this turn opened already counts as well.</summary>
    public async Task<bool> AskedTooOftenAsync(DialogTurn turn, CancellationToken cancellationToken) =>
        await requests.CountSinceAsync(turn.Actor.Id, time.GetUtcNow() - TimeSpan.FromHours(1), cancellationToken)
        + turn.Commit.Changes.OfType<RequestSaved>().Count(s => s.Request.Version == 1 && s.Request.Requester == turn.Actor.Id) >= policy.RequestsPerHour;

    public async Task<ServiceRequest> LoadAsync(DialogTurn turn, string requestId, CancellationToken cancellationToken) =>
        turn.Commit.Pending(requestId) ?? await requests.FindAsync(requestId, cancellationToken)
        ?? throw new InvalidOperationException($"Request {requestId} is not stored.");

    public async Task<ServiceRequest> NewAsync(DialogTurn turn, string runbookId, string title, string words, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = await assurance.SessionAsync(turn.Actor, cancellationToken);
        return new(Id.New(time), Id.NewRequestNumber(), turn.Actor.Id, turn.Actor.Person.DisplayName, turn.Conversation, runbookId, title)
        {
            OpenedAt = now,
            UpdatedAt = now,
            Version = 1,
            Words = ServiceRequest.CutWords(turn.Memory.PartOf(words)?.Said ?? words),
            Evidence = [session, .. turn.Memory.Evidence.Where(e => e.At > now - EvidenceHolds)],
            Assurance = Words.English.Assurance(session.Method, session.Through ?? ""),
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
