using ItOps.Bot.Accounts;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.Tests.Sandbox;

public sealed class PracticeSignInTests : SandboxTestBase
{
    [Fact]
    public async Task The_right_password_opens_a_session()
    {
        await SeedAsync();
        Assert.Equal(PracticeOutcome.Right, await TryAsync("BOB", FirstPassword));
        Assert.Equal(2, (await ReadAsync(Bob)).ActiveSessions);
    }

    [Fact]
    public async Task A_locked_account_stays_closed_to_the_right_password_until_it_is_unlocked()
    {
        await SeedAsync();
        Assert.Equal(PracticeOutcome.Locked, await TryAsync("alice", FirstPassword));
        Assert.Equal(5, (await ReadAsync(Alice)).BadAttempts);

        await Directory.UnlockAsync(Alice, Token);

        Assert.Equal(PracticeOutcome.Right, await TryAsync("alice", FirstPassword));
    }

    [Fact]
    public async Task Five_wrong_passwords_in_a_row_lock_and_a_right_one_starts_the_count_again()
    {
        await SeedAsync();
        for (var i = 0; i < 4; i++)
            Assert.Equal(PracticeOutcome.Wrong, await TryAsync("bob", "wrong"));
        Assert.Equal(PracticeOutcome.Right, await TryAsync("bob", FirstPassword));
        for (var i = 0; i < 4; i++)
            Assert.Equal(PracticeOutcome.Wrong, await TryAsync("bob", "wrong"));

        Assert.Equal(PracticeOutcome.Locked, await TryAsync("bob", "wrong"));

        Assert.Equal(Clock.GetUtcNow(), (await ReadAsync(Bob)).LockedSince);
        Assert.Empty(State.Effects);
    }

    [Fact]
    public async Task Guesses_made_at_the_same_time_all_count()
    {
        await SeedAsync();
        State.BeforeWrite = async () => await Task.Yield();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TryAsync("bob", "wrong")));

        Assert.Equal(4, outcomes.Count(o => o is PracticeOutcome.Wrong));
        Assert.Equal(5, (await ReadAsync(Bob)).BadAttempts);
    }

    [Fact]
    public async Task Nobody_and_a_wrong_password_look_the_same()
    {
        await SeedAsync();
        Assert.Equal(PracticeOutcome.Wrong, await TryAsync("nobody", FirstPassword));
        Assert.Equal(PracticeOutcome.Wrong, await SignIn.TryAsync("elsewhere", "bob", new Secret<string>(FirstPassword), Token));
    }
}
