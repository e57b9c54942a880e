using ItOps.Bot.Accounts;
using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Accounts;

namespace ItOps.Bot.Core.Tests.Accounts;

public sealed class AccountDirectoriesTests
{
    private static readonly PersonId Alice = new("P1");

    private readonly FakeAccountDirectory _there = new(TimeProvider.System, "there");
    private readonly FakeAccountDirectory _away = new(TimeProvider.System, "away");

    [Fact]
    public async Task A_system_that_is_away_does_not_take_the_others_with_it_and_is_named()
    {
        var account = _there.Put(new AccountSnapshot(new("there", "1"), "alice", Alice) { SystemName = "There" });
        _away.IsAway = new HttpRequestException("connection refused");

        var answers = await new AccountDirectories([_away, _there]).AccountsOfAsync(Alice, TestContext.Current.CancellationToken);

        Assert.Equal(account, Assert.Single(answers.Found).Id);
        Assert.Equal([_away.DisplayName], answers.Silent);
    }

    [Fact]
    public async Task When_the_bots_own_store_is_away_the_turn_waits_for_it()
    {
        _there.IsAway = new StoreUnavailableException("the disk is full", new IOException());

        await Assert.ThrowsAsync<StoreUnavailableException>(() => new AccountDirectories([_there]).AccountsOfAsync(Alice, TestContext.Current.CancellationToken));
    }
}
