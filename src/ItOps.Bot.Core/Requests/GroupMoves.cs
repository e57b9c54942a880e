using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Knowledge;

namespace ItOps.Bot.Requests;

/// <summary>What a requester says about several requests of one message. Everything goes into the turn's commit.</summary>
public sealed class GroupMoves(IRequestStore requests, IApprovalStore approvals, RequestDrafts drafts, ApprovalPosts posts, TimeProvider time)
{
    /// <summary>Goes on without what was to come first; <see cref="GroupOrder"/> releases it when nothing else is waited for.</summary>
    public async Task GoOnAsync(DialogTurn turn, GoOn go, CancellationToken cancellationToken)
    {
        var request = await drafts.LoadAsync(turn, go.RequestId, cancellationToken);
        if (request.Requester != turn.Actor.Id || request is not { Group: { IsAsking: true } group, Status: RequestStatus.AwaitingApproval or RequestStatus.Approved })
        {
            turn.Say(turn.Words.QuestionIsClosed);
            return;
        }

        var goesOn = request with { Group = group with { Without = [.. group.Without.Union(group.AskedAbout)] }, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
        turn.Commit.Add(new RequestSaved(goesOn)).Audit(AuditEntry.By(turn.Actor.Person, "request.went-on", request.Id, request.Id));
        posts.Update(turn.Commit, goesOn, await approvals.ForRequestAsync(request.Id, cancellationToken), []);
        var members = await requests.ForGroupAsync(group.Id, cancellationToken);
        turn.Say(turn.Words.GoesOn(
            request.Number,
            approved: request.Status == RequestStatus.Approved,
            [.. goesOn.Group.Open.Where(p => members.FirstOrDefault(m => m.Id == p.Id)?.Status != RequestStatus.Succeeded).Select(p => p.Number)]));
    }

    /// <summary>The place of a new request of a message that asked for several; none when it asked for this alone.</summary>
    public async Task<GroupPlace?> PlaceAsync(DialogTurn turn, Taking? taking, CancellationToken cancellationToken)
    {
        if (taking is null)
            return null;
        var members = (await requests.ForGroupAsync(taking.Group, cancellationToken))
            .Concat(turn.Commit.Changes.OfType<RequestSaved>().Select(s => s.Request).Where(r => r.Group?.Id == taking.Group)).ToList();
        return new(taking.Group, taking.Number, taking.Of)
        {
            After =
            [
                .. taking.After.Select(number => members.LastOrDefault(m => m.Group!.Number == number) is { } found
                    ? new Predecessor(found.Id, found.Number)
                    : new Predecessor($"{taking.Group}#{number}", turn.Words.OrdinalOf(number))),
            ],
        };
    }

    /// <summary>Whether the requester has the card of this group already, from an earlier turn.</summary>
    public async Task<bool> IsShownAsync(GroupPlace group, CancellationToken cancellationToken) => (await requests.ForGroupAsync(group.Id, cancellationToken)).Count > 0;
}
