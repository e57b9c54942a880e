using ItOps.Bot.Approvals;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>Moves that many of these tests begin with.</summary>
internal static class Moves
{
    /// <summary>Alice asks to be unlocked; IT was asked.</summary>
    public static async Task<ServiceRequest> AliceAsksForAnUnlockAsync(this BotHost bot)
    {
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        await bot.Person("alice").Says("im locked out");
        await bot.Person("alice").Taps("alice in Directory");
        var request = (await bot.RequestsAsync())[0];
        Assert.Equal(RequestStatus.AwaitingApproval, request.Status);
        return request;
    }

    /// <summary>Alice asks for a new password; IT was asked.</summary>
    public static async Task<ServiceRequest> AliceAsksForAPasswordAsync(this BotHost bot)
    {
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        await bot.Person("alice").Says("reset my password");
        await bot.Person("alice").Taps("alice in Directory");
        await bot.Person("alice").IsVouchedFor();
        var request = (await bot.RequestsAsync())[0];
        Assert.Equal(RequestStatus.AwaitingApproval, request.Status);
        return request;
    }

    public static Task<IReadOnlyList<ServiceRequest>> RequestsAsync(this BotHost bot) =>
        bot.Services.GetRequiredService<IRequestStore>().RecentAsync(50, CancellationToken.None);

    public static async Task<ServiceRequest> RequestAsync(this BotHost bot, string id) =>
        (await bot.Services.GetRequiredService<IRequestStore>().FindAsync(id, CancellationToken.None))!;

    public static Task<IReadOnlyList<Approval>> ApprovalsAsync(this BotHost bot, string requestId) =>
        bot.Services.GetRequiredService<IApprovalStore>().ForRequestAsync(requestId, CancellationToken.None);

    public static Task RunAsync(this BotHost bot, string requestId) =>
        bot.Services.GetRequiredService<PlanRunner>().RunAsync(requestId, CancellationToken.None);

    /// <summary>A new process on the same file; the runs of the old one are left alone for long enough to be taken over.</summary>
    public static async Task RestartAndTakeOverAsync(this BotHost bot)
    {
        await bot.RestartAsync();
        await bot.TimePassesAsync(RunLease.Length + TimeSpan.FromSeconds(1));
        await bot.TimePassesAsync(RunLease.Length + TimeSpan.FromSeconds(1));
    }

    /// <summary>A press as somebody known by another channel's identity.</summary>
    public static async Task<Decided> PressesAsync(this BotHost bot, ChannelIdentity identity, string approvalId, Verdict verdict)
    {
        var principal = await bot.Services.GetRequiredService<IIdentityResolver>().ResolveAsync(identity, CancellationToken.None);
        var asked = await bot.Services.GetRequiredService<IApprovalStore>().FindAsync(approvalId, CancellationToken.None);
        var decided = await bot.Services.GetRequiredService<ApprovalService>().DecideAsync(principal.Value, approvalId, verdict, null, asked?.TypeToConfirm, CancellationToken.None);
        await bot.SettleAsync();
        return decided;
    }
}
