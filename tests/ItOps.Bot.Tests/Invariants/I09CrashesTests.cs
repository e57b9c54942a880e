using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I9: a process that dies at any commit leaves at most one effect, and never silence: the next one ends what was begun.</summary>
public sealed class I09CrashesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Death.BeforeStoring)]
    [InlineData(Death.AfterStoring)]
    public Task The_unlock_survives_a_death_at_every_commit(Death death) => DieEverywhereAsync("im locked out", "unlock", death);

    [Theory]
    [InlineData(Death.BeforeStoring)]
    [InlineData(Death.AfterStoring)]
    public Task The_reset_survives_a_death_at_every_commit(Death death) => DieEverywhereAsync("reset my password", "reset-password", death);

    private async Task DieEverywhereAsync(string wish, string operation, Death death)
    {
        var number = 0;
        for (var survived = false; !survived; number++)
        {
            var commits = new WatchedCommits();
            using var log = new CapturedLog();
            await using var bot = await BotHost.StartAsync(s =>
            {
                commits.Watch(s);
                log.Listen(s);
            });
            commits.DieAt(number + 1, death);
            await PlayAsync(bot, commits, wish);
            survived = commits.DiedAt.Length == 0;
            commits.Spare();
            await bot.TimePassesAsync(TimeSpan.FromMinutes(1));

            var at = $"death {death} at commit {number + 1} ({commits.DiedAt})";
            var request = Assert.Single(await bot.RequestsAsync());
            Assert.True((await bot.Sandbox.TimesAsync(operation, "alice"), request.Status, request.Helped) == (1, RequestStatus.Succeeded, true), $"{at}: {request.Status}");
            Assert.True(await bot.Person("alice").TimesSeen("Did that help?") == 1, $"{at}: the question was asked {await bot.Person("alice").TimesSeen("Did that help?")} times");
            Assert.True((await bot.PendingApprovalsAsync()).Count == 0, $"{at}: an approval is still open");
            var receipt = (await bot.Person("omar").CardsAsync())[^1];
            Assert.True(receipt.State == Replies.CardState.Succeeded, $"{at}: the approver's card says {receipt.State}, {receipt.StateText}\n{string.Join('\n', log.Lines.Where(l => l.StartsWith("Warning", StringComparison.Ordinal) || l.StartsWith("Error", StringComparison.Ordinal)).Select(l => l[..Math.Min(l.Length, 400)]))}");
            if (operation == "reset-password")
                Assert.False((await bot.Person("alice").OpensLink()).Failed, at);
        }

        output.WriteLine($"{number - 1} commits");
        Assert.InRange(number, 15, 200);
    }

    /// <summary>The story; whatever a death swallowed is delivered again by the channel, or tapped again by the person, as after a real one.</summary>
    private static async Task PlayAsync(BotHost bot, WatchedCommits commits, string wish)
    {
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));
        await DeliverAsync(bot, commits, new MessageTurn("t1", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), wish));
        var account = await alice.ChoiceAsync("alice in Directory");
        await DeliverAsync(bot, commits, new ChoiceTurn("t2", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), account.Id));
        if (wish == "reset my password")
        {
            var vouch = await alice.ChoiceAsync("Ask Mona Petrov to vouch for me");
            await DeliverAsync(bot, commits, new ChoiceTurn("t2a", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), vouch.Id));
            var attestation = Assert.Single(await bot.PendingApprovalsAsync());
            var mona = bot.Person("mona");
            await DeliverAsync(bot, commits, new DecisionTurn("t2b", mona.Identity, mona.Conversation, bot.Time.GetUtcNow(), attestation.Id, Verdict.Approve, null));
        }

        var approval = Assert.Single(await bot.PendingApprovalsAsync());
        await DeliverAsync(bot, commits, new DecisionTurn("t3", omar.Identity, omar.Conversation, bot.Time.GetUtcNow(), approval.Id, Verdict.Approve, null) { Typed = approval.TypeToConfirm });
        var yes = await alice.ChoiceAsync("Yes");
        await DeliverAsync(bot, commits, new ChoiceTurn("t4", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), yes.Id));
    }

    private static async Task DeliverAsync(BotHost bot, WatchedCommits commits, Turn turn)
    {
        try
        {
            await bot.Person("alice").AcceptAsync(turn);
        }
        catch (StoreUnavailableException)
        {
            await bot.SettleAsync();
        }

        if (!commits.IsDead)
            return;
        await bot.RestartAndTakeOverAsync();
        await bot.Person("alice").AcceptAsync(turn);
        await bot.TimePassesAsync(TimeSpan.FromSeconds(1));
    }
}
