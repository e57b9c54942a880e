using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Histories;

/// <summary>What must hold after any history: one decision, one record of it, everybody told the truth about it, and at most one run.</summary>
internal sealed class HistoryChecks(IServiceProvider bot, Stage stage, History history, Approval asked, int effectsBefore)
{
    private static readonly Dictionary<ApprovalStatus, string> s_ends = new()
    {
        [ApprovalStatus.Granted] = "approval.granted",
        [ApprovalStatus.Denied] = "approval.denied",
        [ApprovalStatus.Expired] = "approval.expired",
    };

    /// <summary>What a reset does, one step each. After the first history nobody is signed in any more, so that the second has no effect.</summary>
    private static readonly string[] s_steps = ["reset-password", "revoke-sessions"];

    private readonly List<string> _problems = [];

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var approval = (await bot.GetRequiredService<IApprovalStore>().FindAsync(asked.Id, default))!;
        var record = await bot.GetRequiredService<IAuditLog>().ForRequestAsync(approval.RequestId, default);
        CheckDecision(approval, record);
        await CheckAnswersAsync(approval, record);
        await CheckRunAsync(approval, record);
        return _problems;
    }

    private void CheckDecision(Approval approval, IReadOnlyList<AuditRecord> record)
    {
        Check(s_ends.ContainsKey(approval.Status), $"the approval is {approval.Status}");
        var ends = record.Where(r => r.Entry.Subject == approval.Id && s_ends.ContainsValue(r.Entry.Action)).Select(r => r.Entry).ToList();
        Check(ends.Count == 1, $"{ends.Count} decisions on record: {string.Join(", ", ends.Select(e => e.Action))}");
        Check(ends.All(e => e.Action == s_ends.GetValueOrDefault(approval.Status)), $"the approval is {approval.Status} and the record says {ends[0].Action}");
        var byPerson = approval.Status is ApprovalStatus.Granted or ApprovalStatus.Denied;
        Check(approval.Votes.Count == (byPerson ? 1 : 0), $"{approval.Votes.Count} votes on an approval that is {approval.Status}");
        Check(!byPerson || ends.All(e => e.Actor == approval.Votes[0].Person.Value), "the record names another person than the vote");
    }

    /// <summary>One press counts and is not answered; every other approver learns who decided; who may not decide learns nothing.</summary>
    private async Task CheckAnswersAsync(Approval approval, IReadOnlyList<AuditRecord> record)
    {
        var (silent, refused) = (0, 0);
        foreach (var press in history.Presses)
        {
            var answers = await stage.AnswersAsync(history, press);
            var person = await Cast.PrincipalAsync(bot, press.Person);
            Check(answers.Count <= 1, $"press {press.Place} was answered {answers.Count} times");
            if (press.Person is "omar" or "sam")
            {
                silent += answers.Count == 0 ? 1 : 0;
                Check(answers.All(a => a == AnswerToLoser(approval, person)), $"{press.Person} was told '{string.Join(" | ", answers)}'");
                continue;
            }

            refused++;
            var words = Words.English.DecisionRefused(press.Person == "alice" ? ProblemCode.ApproverIsRequester : ProblemCode.NotAnApprover);
            Check(answers.SequenceEqual([words]), $"{press.Person} was told '{string.Join(" | ", answers)}'");
        }

        Check(silent == approval.Votes.Count, $"{silent} presses counted");
        Check(record.Count(r => r.Entry.Action == "approval.refused") == refused, "a refusal is missing on record, or is there twice");
    }

    private static string AnswerToLoser(Approval approval, Principal loser) => approval.Votes switch
    {
        [var vote] when vote.Person == loser.Id => Words.English.Decision(DecisionOutcome.AlreadyByYou, null),
        [var vote] => Words.English.Decision(DecisionOutcome.AlreadyBy, vote.Name),
        _ => Words.English.Decision(DecisionOutcome.Expired, null),
    };

    private async Task CheckRunAsync(Approval approval, IReadOnlyList<AuditRecord> record)
    {
        var request = (await bot.GetRequiredService<IRequestStore>().FindAsync(approval.RequestId, default))!;
        var effects = (await bot.GetRequiredService<ISandboxState>().EffectsAsync(default)).Skip(effectsBefore).Select(e => e.Operation).ToList();
        var started = record.Count(r => r.Entry.Action == "step.started");
        var granted = approval.Status == ApprovalStatus.Granted;
        Check(effects.Count == 0 || granted, $"{effects.Count} effects after an approval that is {approval.Status}");
        Check(effects.Distinct().Count() == effects.Count && !effects.Except(s_steps).Any(), $"the effects are {string.Join(", ", effects)}");
        Check(!request.IsOpen, $"the request is still {request.Status}");
        Check(request.Status != RequestStatus.Succeeded || effects.Contains(s_steps[0]), "the request succeeded and nothing happened");

        // Time that jumps in the middle of a run is a process that was paused: another runner may start the step again, and the request may be handed off.
        if (history.Bursts.Any(b => b.After > TimeSpan.Zero))
            return;
        Check(started == (granted ? s_steps.Length : 0), $"{started} steps started after an approval that is {approval.Status}");
        Check(granted == (request.Status == RequestStatus.Succeeded), $"the request is {request.Status} after an approval that is {approval.Status}");
    }

    private void Check(bool holds, string otherwise)
    {
        if (!holds)
            _problems.Add(otherwise);
    }
}
