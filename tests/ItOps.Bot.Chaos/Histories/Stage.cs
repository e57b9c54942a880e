using ItOps.Bot.Approvals;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Histories;

/// <summary>Plays a history against one approval: the real bot on a real database, with a clock that only the history moves.</summary>
internal sealed class Stage(IServiceProvider bot, FakeTimeProvider clock)
{
    private static readonly TimeSpan s_pastEveryLimit = TimeSpan.FromHours(5);

    /// <summary>Alice asks for a reset in a conversation of its own; returns the approval that she waits for.</summary>
    public async Task<Approval> OpenAsync(int seed)
    {
        var conversation = new ConversationId("console", $"alice-{seed}");
        var intake = bot.GetRequiredService<ITurnIntake>();
        await intake.AcceptAsync(
            new MessageTurn($"{seed}:ask", Cast.Identity("alice"), conversation, clock.GetUtcNow(), "i forgot my password, please reset it"), default);
        await SettleAsync();
        var choice = (await ReadAsync(conversation)).SelectMany(m => m.Reply!.Choices).First(c => c.Label.Contains("Directory", StringComparison.Ordinal));
        await intake.AcceptAsync(new ChoiceTurn($"{seed}:choose", Cast.Identity("alice"), conversation, clock.GetUtcNow(), choice.Id), default);
        await SettleAsync();

        // What the earlier ones keep ready for whoever reports them is pending too.
        return (await bot.GetRequiredService<IApprovalStore>().PendingAsync(default)).Single(a => a.Purpose == ApprovalPurpose.Change);
    }

    /// <summary>Plays all of it, then lets time pass until nothing can be open any more.</summary>
    public async Task PlayAsync(History history, Approval approval)
    {
        foreach (var burst in history.Bursts)
        {
            clock.Advance(burst.After);
            await Task.WhenAll(burst.Happenings.Select(h => Task.Run(() => HappenAsync(history, h, approval))));
        }

        await SettleAsync();
        clock.Advance(s_pastEveryLimit);
        await HappenAsync(history, new Happening.Tick(), approval);
        await HappenAsync(history, new Happening.Sweep(), approval);
        await SettleAsync();
    }

    /// <summary>What the bot answered to a press; none when the press counted.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync(History history, Happening.Press press) =>
        [.. (await ReadAsync(PlaceOf(history, press))).Select(m => m.Reply!.Text)];

    private static ConversationId PlaceOf(History history, Happening.Press press) => new("console", $"{press.Person}-{history.Seed}-{press.Place}");

    private async Task HappenAsync(History history, Happening happening, Approval approval)
    {
        switch (happening)
        {
            case Happening.Press press:
                var turn = new DecisionTurn(
                    $"{history.Seed}:press:{press.Place}",
                    Cast.Identity(press.Person),
                    PlaceOf(history, press),
                    clock.GetUtcNow(),
                    approval.Id,
                    press.Approves ? Verdict.Approve : Verdict.Deny,
                    Note: null)
                {
                    Typed = approval.TypeToConfirm,
                };
                await Task.WhenAll(Enumerable.Range(0, press.Times).Select(_ => bot.GetRequiredService<ITurnIntake>().AcceptAsync(turn, default)));
                break;
            case Happening.Tick:
                await bot.GetRequiredService<ApprovalClock>().TickAsync(approval.Id, default);
                break;
            default:
                await bot.GetRequiredService<Sweeper>().SweepAsync(TimeSpan.Zero, default);
                break;
        }
    }

    /// <summary>Until nothing that the bot holds in its hands leads to anything more.</summary>
    private async Task SettleAsync()
    {
        var (turns, runs, messages) = (bot.GetRequiredService<TurnPump>(), bot.GetRequiredService<RunDispatcher>(), bot.GetRequiredService<OutboxSender>());
        Task[] idle;
        do
        {
            idle = [turns.WhenIdleAsync(), runs.WhenIdleAsync(), messages.WhenIdleAsync()];
            await Task.WhenAll(idle);
        }
        while (!(turns.WhenIdleAsync() == idle[0] && runs.WhenIdleAsync() == idle[1] && messages.WhenIdleAsync() == idle[2]));
    }

    private async Task<IEnumerable<TranscriptMessage>> ReadAsync(ConversationId conversation) =>
        (await bot.GetRequiredService<ITranscript>().ReadAsync(conversation, take: 100, default)).Where(m => m.Reply is not null);
}
