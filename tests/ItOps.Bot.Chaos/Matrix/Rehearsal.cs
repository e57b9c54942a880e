using ItOps.Bot.Approvals;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>Plays a story with the whole bot: alice asks, whoever is asked vouches and approves, twice by accident, and she goes on from there.</summary>
internal sealed class Rehearsal(IServiceProvider bot, Script script)
{
    /// <summary>What she taps, where she is asked: who vouches for her, which account, which drive.</summary>
    private static readonly string[] s_taps = ["Ask Mona", "Directory", "Finance"];

    private static readonly string[] s_deciders = ["mona", "omar"];
    private static readonly TimeProvider s_time = TimeProvider.System;

    private readonly HashSet<string> _tapped = [];

    public async Task PlayAsync()
    {
        var story = script.Play;
        await AskAsync(story.Wish switch
        {
            Wish.Unlock => "im locked out",
            Wish.Reset => "reset my password",
            Wish.SignOut => "sign me out on all devices",
            _ => script.AccessWish,
        });
        await WaitForEndAsync(ended: 1);
        if (story.IsUndone)
            await AskAsync("undo");
        else if (story.IsReported)
            await ReportAsync();
        await WaitForEndAsync(story.Ends.Count);
    }

    /// <summary>Until every request of the story has come to an end, known or not, and nothing is left to be handled or sent.</summary>
    public async Task WaitForEndAsync(int ended)
    {
        var alice = (await Cast.PrincipalAsync(bot, "alice")).Id;
        var requests = bot.GetRequiredService<IRequestStore>();
        await Patience.UntilAsync($"final request ({ended})", async () =>
            (await requests.ByRequesterAsync(alice, take: 10, default)).Count(r => !r.IsOpen || r.Status == RequestStatus.Unknown) >= ended ? "" : null);
        await Patience.UntilAsync("empty inbox and outbox", async () => await Leftovers.CountAsync(bot) == 0 ? "" : null);
    }

    private async Task AskAsync(string words)
    {
        var (alice, conversation) = (Cast.Identity("alice"), Cast.Conversation("alice"));
        var intake = bot.GetRequiredService<ITurnIntake>();
        await intake.AcceptAsync(new MessageTurn(Id.New(s_time), alice, conversation, s_time.GetUtcNow(), words), default);
        while (true)
        {
            var next = await Patience.UntilAsync($"question or approval after '{words}'", async () => (object?)await ApprovalAsync() ?? await QuestionAsync(conversation));
            if (next is Choice choice)
            {
                _tapped.Add(choice.Id);
                await intake.AcceptAsync(new ChoiceTurn(Id.New(s_time), alice, conversation, s_time.GetUtcNow(), choice.Id), default);
                continue;
            }

            var (decider, approval) = ((Principal, Approval))next;
            var presses = bot.GetRequiredService<Presses>();
            await Task.WhenAll(
                presses.DecideAsync(decider, approval.Id, Verdict.Approve, note: null, approval.TypeToConfirm, default),
                presses.DecideAsync(decider, approval.Id, Verdict.Approve, note: null, approval.TypeToConfirm, default));
            if (approval.Purpose == ApprovalPurpose.Change)
                return;
        }
    }

    /// <summary>She says that it wasn't she, which blocks the account.</summary>
    private async Task ReportAsync()
    {
        var notice = await Patience.UntilAsync("notice to report", async () =>
            (await bot.GetRequiredService<ITranscript>().ReadAsync(Cast.Conversation("alice"), take: 100, default))
                .Select(m => m.Reply?.Card).LastOrDefault(c => c?.Buttons.Any(b => b.Action == CardAction.NotMe) == true));
        var alice = await Cast.PrincipalAsync(bot, "alice");
        var presses = bot.GetRequiredService<Presses>();
        await Task.WhenAll(
            presses.DecideAsync(alice, notice.ApprovalId!, Verdict.NotMe, note: null, typed: null, default),
            presses.DecideAsync(alice, notice.ApprovalId!, Verdict.NotMe, note: null, typed: null, default));
    }

    private async Task<(Principal Decider, Approval Approval)?> ApprovalAsync()
    {
        foreach (var name in s_deciders)
        {
            var decider = await Cast.PrincipalAsync(bot, name);
            if (await bot.GetRequiredService<ApprovalQueue>().PendingForAsync(decider, default) is [var oldest, ..])
                return (decider, oldest.Approval);
        }

        return null;
    }

    private async Task<Choice?> QuestionAsync(ConversationId conversation) =>
        (await bot.GetRequiredService<ITranscript>().ReadAsync(conversation, take: 100, default))
            .Select(m => m.Reply?.Choices ?? [])
            .Where(choices => !choices.Any(c => _tapped.Contains(c.Id)))
            .SelectMany(choices => choices)
            .FirstOrDefault(c => s_taps.Any(t => c.Label.Contains(t, StringComparison.Ordinal)));
}
