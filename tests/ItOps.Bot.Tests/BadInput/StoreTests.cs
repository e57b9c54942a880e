using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.BadInput;

/// <summary>A database that cannot be written for a while: a clear error, nothing half done, and everything goes on afterwards.</summary>
public sealed class StoreTests
{
    [Fact]
    public async Task A_locked_database_refuses_a_turn_clearly_and_takes_it_when_it_is_let_go()
    {
        await using var bot = await BotHost.StartAsync(settings: Impatient(out var folder));
        var alice = bot.Person("alice");
        var turn = new MessageTurn("t1", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), "im locked out");

        await using (await HoldAsync(bot, folder))
        {
            var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => alice.AcceptAsync(turn));
            Assert.Contains("another process holds it", refused.Message, StringComparison.Ordinal);
        }

        await alice.AcceptAsync(turn);
        await alice.Sees("Which account");
    }

    [Fact]
    public async Task A_press_on_a_locked_database_decides_nothing_and_counts_when_it_is_pressed_again()
    {
        await using var bot = await BotHost.StartAsync(settings: Impatient(out var folder));
        var request = await bot.AliceAsksForAnUnlockAsync();

        await using (await HoldAsync(bot, folder))
            await Assert.ThrowsAsync<StoreUnavailableException>(bot.Person("omar").Approves);

        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal(DecidedKind.Counted, (await bot.Person("omar").Approves()).Kind);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
    }

    [Fact]
    public async Task A_turn_that_was_accepted_before_the_disk_was_full_is_answered_when_there_is_room()
    {
        var disk = new FullDisk();
        await using var bot = await BotHost.StartAsync(disk.Watch);
        var alice = bot.Person("alice");
        disk.IsFullAfterNextTurn = true;

        await alice.AcceptAsync(new MessageTurn("t1", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), "im locked out"));
        Assert.Empty(await alice.RepliesAsync());
        Assert.True(disk.Refused > 0);

        disk.IsFullAfterNextTurn = disk.IsFull = false;
        await bot.TimePassesAsync(TimeSpan.FromMinutes(1));
        await alice.Sees("Which account");
        Assert.Equal(1, await alice.TimesSeen("Which account"));
    }

    private static Dictionary<string, string> Impatient(out string file)
    {
        file = Path.Combine(Directory.CreateTempSubdirectory("itops-locked-").FullName, "itops.db");
        return new() { ["Storage:ConnectionString"] = $"Data Source={file};Default Timeout=1" };
    }

    private static async Task<SqliteConnection> HoldAsync(BotHost bot, string file)
    {
        await bot.SettleAsync();
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Room for one more turn in the inbox, and then for nothing.</summary>
    private sealed class FullDisk
    {
        public bool IsFullAfterNextTurn { get; set; }

        public bool IsFull { get; set; }

        public int Refused { get; private set; }

        public void Watch(IServiceCollection services)
        {
            var inner = services.Last(d => d.ServiceType == typeof(ICommitStore));
            services.AddSingleton<ICommitStore>(p => new Store(this, (ICommitStore)inner.ImplementationFactory!(p)));
        }

        private sealed class Store(FullDisk disk, ICommitStore inner) : ICommitStore
        {
            public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
            {
                if (disk.IsFull)
                {
                    disk.Refused++;
                    throw new StoreUnavailableException("The disk is full.", new IOException("full"));
                }

                if (disk.IsFullAfterNextTurn && commit.Changes.Any(c => c is TurnAccepted))
                    disk.IsFull = true;
                return await inner.CommitAsync(commit, cancellationToken);
            }
        }
    }
}
