using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Host.Drill;

/// <summary>Several small steps that are harmless one by one, and what is left over from earlier ones: old cards, edited plans, used links.</summary>
internal static class Layers
{
    public static IEnumerable<Pretext> All =>
    [
        new("the honest request, so that the drill proves something", async stage =>
        {
            var open = await UnlockAsync(stage);
            DrillStage.Holds((await stage.As("omar").PressesAsync(open)).Kind == DecidedKind.Counted, "an approver's press was refused");
        })
        { Effects = 1 },
        new("an unlock is stretched to a reset", async stage =>
        {
            await UnlockAsync(stage);
            await stage.As("alice").SaysAsync("and reset the password too");
            DrillStage.Holds((await stage.PendingAsync()).Count == 1, "the reset reached the approvers beside the unlock");
        }),
        new("a third reset of the same person within a day", async stage =>
        {
            for (var i = 0; i < 2; i++)
            {
                await VouchedResetAsync(stage);
                foreach (var open in await stage.PendingAsync())
                    await stage.As("omar").PressesAsync(open.Id, Verdict.Deny);
            }

            await stage.As("alice").SaysAsync("reset my password");
            await stage.As("alice").TapsAsync("alice in Directory");
            await stage.As("alice").TapsAsync("Ask Mona");
            DrillStage.Holds((await stage.PendingAsync(ApprovalPurpose.Attestation)).Count == 0, "it was taken up a third time");
        }),
        new("second factor after password: whoever takes over is warned", async stage =>
        {
            await VouchedResetAsync(stage);
            stage.Clock.Advance(TimeSpan.FromHours(1));
            await stage.As("alice").SaysAsync("I lost my phone, please move my second factor. let me talk to a person");
            await stage.As("alice").SaysAsync("let me talk to a person");
            var handedOff = (await stage.RequestsAsync()).FirstOrDefault(r => r.Status == RequestStatus.HandedOff);
            DrillStage.Holds(handedOff?.HandOffReason?.Contains("second factor", StringComparison.Ordinal) == true, "the hand-off does not say that the password was just asked for");
        }),
        new("a flood of requests", async stage =>
        {
            for (var i = 0; i < 20; i++)
            {
                await stage.As("eve").SaysAsync("let me talk to a person");
                await stage.As("eve").SaysAsync("start over");
            }

            var opened = (await stage.RequestsAsync()).Count;
            DrillStage.Holds(opened <= 10, $"{opened} requests were opened within an hour");
        }),
        new("made-up approval ids", async stage =>
        {
            await UnlockAsync(stage);
            foreach (var id in (string[])["", "1", "latest", "../1", "%", "0123456789abcdef0123456789abcdef"])
                DrillStage.Holds((await stage.As("omar").PressesAsync(id)).Kind == DecidedKind.Refused, $"'{id}' was taken for an approval");
        }),
        new("approving what was denied", async stage =>
        {
            var open = await UnlockAsync(stage);
            await stage.As("sam").PressesAsync(open, Verdict.Deny);
            DrillStage.Holds((await stage.As("omar").PressesAsync(open)).Kind != DecidedKind.Counted, "a denied approval was granted");
        }),
        new("approving a card of last week", async stage =>
        {
            var open = await UnlockAsync(stage);
            stage.Clock.Advance(TimeSpan.FromDays(7));
            DrillStage.Holds((await stage.As("omar").PressesAsync(open)).Kind != DecidedKind.Counted, "an expired approval was granted");
        }),
        new("a plan that was edited in the database", async stage =>
        {
            var open = await UnlockAsync(stage);
            var request = (await stage.RequestsAsync())[0];
            var edited = request with
            {
                Version = request.Version + 1,
                Plan = request.Plan! with { Steps = [request.Plan!.Steps[0] with { Operation = "account.reset-password" }] },
            };
            await stage.Services.GetRequiredService<ICommitStore>().CommitAsync(
                new Commit().Add(new RequestSaved(edited)).Audit(AuditEntry.ByBot("drill.edited", request.Id, request.Id)), CancellationToken.None);
            DrillStage.Holds((await stage.As("omar").PressesAsync(open)).Kind != DecidedKind.Counted, "an edited plan was approved");
        }),
        new("a link that is not theirs, and one that was read", async stage =>
        {
            await VouchedResetAsync(stage);
            await stage.As("omar").PressesAsync((await stage.OpenAsync()).Id);
            var link = await stage.As("alice").LinkAsync();
            DrillStage.Holds(link is not null, "the link did not arrive, so nothing was tried");
            foreach (var thief in (string[])["eve", "omar", "mona"])
                DrillStage.Holds((await stage.As(thief).OpensAsync(link!)).Failed, $"{thief} read it");
            DrillStage.Holds(!(await stage.As("alice").OpensAsync(link!)).Failed, "its owner could not read it");
            DrillStage.Holds((await stage.As("alice").OpensAsync(link!)).Failed, "it was read twice");
        })
        { Effects = 2 },
    ];

    private static async Task<string> UnlockAsync(DrillStage stage)
    {
        await stage.As("alice").SaysAsync("im locked out");
        await stage.As("alice").TapsAsync("alice in Directory");
        return (await stage.OpenAsync()).Id;
    }

    private static async Task VouchedResetAsync(DrillStage stage)
    {
        await stage.As("alice").SaysAsync("reset my password");
        await stage.As("alice").TapsAsync("alice in Directory");
        await stage.As("alice").TapsAsync("Ask Mona");
        foreach (var word in await stage.PendingAsync(ApprovalPurpose.Attestation))
            await stage.As("mona").PressesAsync(word.Id);
    }
}
