using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I8: every state change and its audit row share a transaction, and the chain verifies.</summary>
public sealed class I08EveryChangeIsAuditedTests(ITestOutputHelper output)
{
    private static readonly string[] Wishes =
    [
        "im locked out", "reset my password", "i need access to the finance folder", "give me access to jira", "my laptop is slow", "vpn not connecting", "cancel", "status",
        "human please", "start over", "yes", "no", "the first one", "same for bob", "and unlock it too", "undo that", "hello", "thanks", "what can you do", "reset carl's password", "PLAT", "write", "asdf",
    ];

    private static readonly string[] People = ["alice", "bob", "eve", "omar", "sam", "carl"];

    [Theory]
    [InlineData(11UL)]
    [InlineData(12UL)]
    [InlineData(13UL)]
    public async Task A_random_walk_leaves_no_change_without_its_record(ulong seed)
    {
        output.WriteLine($"seed {seed}");
        var dice = new Dice(seed);
        var commits = new WatchedCommits();
        var log = new CapturedLog();
        await using var bot = await BotHost.StartAsync(s =>
        {
            commits.Watch(s);
            log.Listen(s);
            s.AddSingleton(Policies.Of(operations: "account.*"));
        });
        for (var i = 0; i < 60; i++)
            await MoveAsync(bot, dice);

        Assert.All(commits.Stored, c => Assert.False(c.LacksAudit));
        Assert.Contains(commits.Stored, c => c.Changes.Any(x => x is RequestSaved));
        var audited = commits.Stored.SelectMany(c => c.Changes).Count(c => c is Audited);
        var verdict = await AuditChain.VerifyAsync(bot.Services.GetRequiredService<IAuditLog>(), CancellationToken.None);
        Assert.Equal((true, (long)audited), (verdict.Ok, verdict.Count));
        Assert.DoesNotContain("turn.failed", await bot.AuditedAsync());
        Assert.DoesNotContain(log.Lines, l => l.StartsWith("Error ItOps", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_that_comes_without_a_record_is_refused_by_the_store()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();
        var store = bot.Services.GetRequiredService<ICommitStore>();

        var silent = new Commit().Add(new RequestSaved(request with { Version = request.Version + 1, Status = Requests.RequestStatus.Approved }));

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.CommitAsync(silent, CancellationToken.None));
        Assert.Equal(request.Version, (await bot.RequestAsync(request.Id)).Version);
    }

    [Fact]
    public async Task A_record_that_is_changed_removed_or_cut_off_is_found()
    {
        var bot = await BotHost.StartAsync();
        await bot.AliceAsksForAnUnlockAsync();
        await bot.Person("omar").Approves();
        var log = bot.Services.GetRequiredService<IAuditLog>();

        await bot.TamperAsync("UPDATE audit SET actor_name = 'Sam Okafor' WHERE action = 'approval.granted'");

        Assert.False((await AuditChain.VerifyAsync(log, CancellationToken.None)).Ok);
        await Assert.ThrowsAnyAsync<Exception>(async () => await bot.DisposeAsync());
    }

    private static async Task MoveAsync(BotHost bot, Dice dice)
    {
        var person = bot.Person(dice.Pick(People));
        bot.Time.Advance(TimeSpan.FromSeconds(dice.Roll(5) + 1));
        var choices = (await person.RepliesAsync()).TakeLast(4).SelectMany(r => r.Choices).ToList();
        var open = await bot.PendingApprovalsAsync();
        switch (dice.Roll(10))
        {
            case < 4:
                await person.Says(dice.Pick(Wishes));
                break;
            case < 7 when choices.Count > 0:
                await person.AcceptAsync(new ChoiceTurn(person.NewId(), person.Identity, person.Conversation, bot.Time.GetUtcNow(), dice.Pick(choices).Id));
                break;
            case < 9 when open.Count > 0:
                await person.Presses(dice.Pick(open).Id, dice.Pick([Verdict.Approve, Verdict.Approve, Verdict.Deny, Verdict.Ask]), "note");
                break;
            case 9:
                await bot.TimePassesAsync(TimeSpan.FromSeconds(dice.Roll(30)));
                break;
            default:
                await person.Says(dice.Pick(Wishes));
                break;
        }
    }
}
