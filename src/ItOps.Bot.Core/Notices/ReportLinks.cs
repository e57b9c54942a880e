using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.People;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Notices;

/// <summary>
/// Presses a report by a link that was mailed. It needs no sign-in, because who lost an account cannot sign in, and because it only takes away: 256 bits of
/// token of which only the hash is stored, seven days.
/// </summary>
public sealed class ReportLinks(IApprovalStore approvals, IRequestStore requests, IPersonDirectory people, ApprovalService service, TimeProvider time)
{
    /// <summary>What the link is about, without pressing it; none when it is over, or no such link was ever mailed.</summary>
    public async Task<ReportedAct?> FindAsync(string approvalId, string token, CancellationToken cancellationToken) =>
        await OpenAsync(approvalId, token, cancellationToken) is var (approval, _) && approval.Status == ApprovalStatus.Pending && time.GetUtcNow() < approval.ExpiresAt
        && await requests.FindAsync(approval.RequestId, cancellationToken) is { Report: { } act }
            ? act
            : null;

    /// <summary>Presses as the person whom it was mailed to; none when there is no such link.</summary>
    public async Task<Decided?> PressAsync(string approvalId, string token, CancellationToken cancellationToken)
    {
        if (await OpenAsync(approvalId, token, cancellationToken) is not var (_, person) || await people.FindAsync(person, cancellationToken) is not { } known)
            return null;
        var principal = new Principal(known, new("mail", "", known.Id.Value), new(AssuranceMethod.MailedLink, time.GetUtcNow()));
        return await service.DecideAsync(principal, approvalId, Verdict.NotMe, note: null, cancellationToken);
    }

    private async Task<(Approval Approval, PersonId Person)?> OpenAsync(string approvalId, string token, CancellationToken cancellationToken)
    {
        if (await approvals.FindAsync(approvalId, cancellationToken) is not { Purpose: ApprovalPurpose.Report } approval)
            return null;
        var hash = OneTimeToken.HashOf(token);
        return approval.Links.FirstOrDefault(l => OneTimeToken.IsSame(l.TokenHash, hash)) is { } link ? (approval, link.Person) : null;
    }
}
