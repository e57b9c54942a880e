using ItOps.Bot.Approvals;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>What alice wants, in her words, and the line it leaves in the sandbox's ledger.</summary>
internal sealed record StoryPlay(string Name, string Words, string Effect)
{
    public static readonly IReadOnlyList<StoryPlay> All =
    [
        new("unlock", "i cant log in, think im locked out", "unlock"),
        new("reset", "i forgot my password, please reset it", "reset-password"),
    ];

    private static readonly TimeProvider s_time = TimeProvider.System;

    public static StoryPlay Named(string name) => All.Single(s => s.Name == name);

    /// <summary>Alice asks and says which account; omar approves, twice by accident.</summary>
    public async Task PlayAsync(IServiceProvider bot)
    {
        var intake = bot.GetRequiredService<ITurnIntake>();
        var (alice, conversation) = (Cast.Identity("alice"), Cast.Conversation("alice"));
        await intake.AcceptAsync(new MessageTurn(Id.New(s_time), alice, conversation, s_time.GetUtcNow(), Words), default);
        var choice = await Patience.UntilAsync("question which account", async () =>
            (await bot.GetRequiredService<ITranscript>().ReadAsync(conversation, take: 100, default))
                .SelectMany(m => m.Reply?.Choices ?? [])
                .FirstOrDefault(c => c.Label.Contains("Directory", StringComparison.Ordinal)));
        await intake.AcceptAsync(new ChoiceTurn(Id.New(s_time), alice, conversation, s_time.GetUtcNow(), choice.Id), default);

        var omar = await Cast.PrincipalAsync(bot, "omar");
        var asked = await Patience.UntilAsync("approval", async () =>
            await bot.GetRequiredService<ApprovalQueue>().PendingForAsync(omar, default) is [var oldest, ..] ? oldest : null);
        var approvals = bot.GetRequiredService<ApprovalService>();
        await Task.WhenAll(
            approvals.DecideAsync(omar, asked.Approval.Id, Verdict.Approve, note: null, asked.Approval.TypeToConfirm, default),
            approvals.DecideAsync(omar, asked.Approval.Id, Verdict.Approve, note: null, asked.Approval.TypeToConfirm, default));
    }
}
