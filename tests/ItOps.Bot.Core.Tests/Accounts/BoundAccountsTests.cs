using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Testing.People;

namespace ItOps.Bot.Core.Tests.Accounts;

public sealed class BoundAccountsTests
{
    private readonly ListedPeople _people = new();
    private readonly Person _alice;
    private readonly Person _bob;

    public BoundAccountsTests()
    {
        _alice = _people.Add("P1", "alice", "alice@example.com");
        _bob = _people.Add("P2", "bob", "bob@example.com");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("alice")]
    [InlineData("ALICE")]
    [InlineData("P1")]
    public async Task An_account_is_the_one_persons_whom_its_line_names(string written)
    {
        var accounts = new BoundAccounts(_people, [new(written, "aws-iam", "1/alice", "b:1")]);

        Assert.Equal(["1/alice"], await accounts.KeysOfAsync(_alice.Id, "aws-iam", Cancel));
        Assert.Equal([_alice.Id], await accounts.OwnersOfAsync("aws-iam", "1/alice", Cancel));
        Assert.Empty(await accounts.KeysOfAsync(_alice.Id, "local", Cancel));
        Assert.Empty(await accounts.KeysOfAsync(_bob.Id, "aws-iam", Cancel));
        Assert.Empty(await accounts.OwnersOfAsync("local", "1/alice", Cancel));
        Assert.Empty(await accounts.OwnersOfAsync("aws-iam", "1/ALICE", Cancel));
    }

    [Fact]
    public async Task A_line_that_may_mean_two_people_is_nobodys()
    {
        _people.Add("P3", "alice", "alice@example.net");
        var accounts = new BoundAccounts(_people, [new("alice", "local", "alice", "b:1")]);

        Assert.Empty(await accounts.KeysOfAsync(_alice.Id, "local", Cancel));
        Assert.Null(await new AccountOwners([accounts]).OwnerAsync("local", ["alice"], Cancel));
    }

    [Theory]
    [InlineData("Alice Arden")]
    [InlineData("alice@example.com")]
    public async Task Any_other_name_of_a_person_binds_nothing(string written)
    {
        _people.Replace(_alice with { Names = [.. _alice.Names, "Alice Arden"] });
        var accounts = new BoundAccounts(_people, [new(written, "local", "alice", "b:1")]);

        Assert.Empty(await accounts.OwnersOfAsync("local", "alice", Cancel));
    }
}
