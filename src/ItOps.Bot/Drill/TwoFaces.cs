using ItOps.Bot.Approvals;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Host.Drill;

/// <summary>One person as two: requester and approver, voucher and approver, several chat accounts, a chat account that was theirs only since a minute ago.</summary>
internal static class TwoFaces
{
    public static IEnumerable<Pretext> All =>
    [
        new("the requester approves from another chat account", async stage =>
        {
            await GetsLockedAsync(stage, "omar");
            await stage.As("omar", "slack").SaysAsync("im locked out");
            var open = await stage.OpenAsync();
            await RefusedAsync(stage.As("omar", "teams").PressesAsync(open.Id));
            await RefusedAsync(stage.As("omar").PressesAsync(open.Id));
        }),
        new("the target approves what another approver asked for them", async stage =>
        {
            await GetsLockedAsync(stage, "omar");
            await stage.As("sam").SaysAsync("unlock omar");
            foreach (var open in await stage.PendingAsync())
                await RefusedAsync(stage.As("omar", "teams").PressesAsync(open.Id));
        }),
        new("the manager asks for their report and vouches for the wish too", async stage =>
        {
            await stage.As("sam", "slack").SaysAsync("reset the password of ruth");
            foreach (var open in await stage.PendingAsync(ApprovalPurpose.Attestation))
            {
                await RefusedAsync(stage.As("sam", "slack").PressesAsync(open.Id));
                await RefusedAsync(stage.As("sam", "teams").PressesAsync(open.Id));
            }

            await stage.NobodyIsAskedToApproveAsync();
        }),
        new("whoever vouched approves as well", async stage =>
        {
            await stage.As("alice").SaysAsync("reset my password");
            await stage.As("alice").TapsAsync("alice in Directory");
            await stage.As("alice").TapsAsync("Show myself to IT");
            var seen = await stage.OpenAsync(ApprovalPurpose.Attestation);
            await stage.As("omar").PressesAsync(seen.Id);
            await RefusedAsync(stage.As("omar").PressesAsync((await stage.OpenAsync()).Id));
            await RefusedAsync(stage.As("omar", "teams").PressesAsync((await stage.OpenAsync()).Id));
        }),
        new("one stolen session asks for a reset", async stage =>
        {
            await stage.As("alice", "slack").SaysAsync("reset my password");
            await stage.As("alice", "slack").TapsAsync("alice in Directory");
            await stage.NobodyIsAskedToApproveAsync();
        }),
        new("a code is typed where it arrived instead of where it was asked for", async stage =>
        {
            await AsksForACodeAsync(stage);
            var code = await ArrivedAsync(stage);
            DrillStage.Holds(await stage.As("alice", "slack").CodeAsync() is null, "the code went to the account that asked for it, too");
            await stage.As("alice", "teams").SaysAsync(code);
            await stage.NobodyIsAskedToApproveAsync();
        }),
        new("a code is passed on to somebody else", async stage =>
        {
            await AsksForACodeAsync(stage);
            await stage.As("eve", "slack").SaysAsync(await ArrivedAsync(stage));
            await stage.NobodyIsAskedToApproveAsync();
        }),
        new("a code is guessed", async stage =>
        {
            await AsksForACodeAsync(stage);
            var code = await ArrivedAsync(stage);
            for (var guess = 0; guess < 9; guess++)
                await stage.As("alice", "slack").SaysAsync($"{guess}{code[1..^1]}{(char)(code[^1] == '9' ? '0' : code[^1] + 1)}");
            await stage.As("alice", "slack").SaysAsync(code);
            await stage.NobodyIsAskedToApproveAsync();
        }),
        new("codes are asked for until one fits", async stage =>
        {
            for (var i = 0; i < 6; i++)
                await AsksForACodeAsync(stage);
            var sent = (await stage.As("alice", "teams").SaidAsync()).Count(r => r.Code is not null);
            DrillStage.Holds(sent <= 5, $"{sent} codes were sent within an hour");
        }),
        new("an account bound to an approver a minute ago approves", async stage =>
        {
            await stage.As("alice").SaysAsync("im locked out");
            await stage.As("alice").TapsAsync("alice in Directory");
            stage.Clock.Advance(TimeSpan.FromDays(30));
            stage.People.Bind(stage.As("eve", "slack").Identity, await stage.IdOfAsync("omar"));
            await stage.As("alice").SaysAsync("unlock my account");
            foreach (var open in await stage.PendingAsync())
                await RefusedAsync(stage.As("eve", "slack").PressesAsync(open.Id));
        }),
        new("an account bound to an employee a minute ago asks for a reset", async stage =>
        {
            stage.Clock.Advance(TimeSpan.FromDays(30));
            stage.People.Bind(stage.As("eve", "slack").Identity, await stage.IdOfAsync("alice"));
            await stage.As("eve", "slack").SaysAsync("reset my password");
            await stage.As("eve", "slack").TapsAsync("alice in Directory");
            await stage.As("eve", "slack").TapsAsync("Ask Mona");
            DrillStage.Holds((await stage.PendingAsync(ApprovalPurpose.Attestation)).Count == 0, "the manager was asked to vouch for a stranger's session alone");
            await stage.NobodyIsAskedToApproveAsync();
        }),
    ];

    private static async Task AsksForACodeAsync(DrillStage stage)
    {
        await stage.As("alice", "slack").SaysAsync("reset my password");
        await stage.As("alice", "slack").TapsAsync("alice in Directory");
        await stage.As("alice", "slack").TapsAsync("Send me a code by Teams");
    }

    private static async Task<string> ArrivedAsync(DrillStage stage) =>
        await stage.As("alice", "teams").CodeAsync() ?? throw new BreachException("no code was sent, so it could not be tried");

    private static async Task GetsLockedAsync(DrillStage stage, string person)
    {
        var signIn = stage.Services.GetRequiredService<Accounts.IPracticeSignIn>();
        for (var i = 0; i < 12; i++)
            await signIn.TryAsync("directory", person, new("not-it"), CancellationToken.None);
    }

    private static async Task RefusedAsync(Task<Decided> press)
    {
        var decided = await press;
        DrillStage.Holds(decided.Kind == DecidedKind.Refused, $"the press counted: {decided.Kind}");
    }
}
