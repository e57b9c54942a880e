using ItOps.Bot.People;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Core.Tests.People;

public sealed class BoundPeopleTests
{
    private static readonly ChannelIdentity Slack = new("slack", "T0LAB", "U0ALICE");
    private static readonly ChannelIdentity Teams = new("teams", "t", "a");

    private readonly ListedPeople _directory = new();
    private readonly Person _alice;
    private readonly Person _bob;

    public BoundPeopleTests()
    {
        _alice = _directory.Add("P1", "alice", "alice@example.com");
        _bob = _directory.Add("P2", "bob", "bob@example.com");
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("Alice")]
    [InlineData("P1")]
    public async Task Who_is_bound_by_sign_in_name_or_id_is_found_and_can_be_reached(string name)
    {
        _directory.Bind(_alice, Teams);
        var people = Bound((name, Slack));

        Assert.Equal([_alice], await people.FindByChannelAsync(Slack, TestContext.Current.CancellationToken));
        Assert.Equal([Teams, Slack], await people.IdentitiesOfAsync(_alice.Id, TestContext.Current.CancellationToken));
        Assert.Empty(await people.IdentitiesOfAsync(_bob.Id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("p1")] // ids are compared as they are
    [InlineData("alice@example.com")]
    [InlineData("al\u0456ce")] // a Ukrainian i
    [InlineData("nobody")]
    public async Task Any_other_name_binds_nobody(string name)
    {
        var people = Bound((name, Slack));

        Assert.Empty(await people.FindByChannelAsync(Slack, TestContext.Current.CancellationToken));
        Assert.Empty(await people.IdentitiesOfAsync(_alice.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_said_twice_is_said_once()
    {
        _directory.Bind(_alice, Slack);
        var people = Bound(("alice", Slack));

        Assert.Equal([_alice], await people.FindByChannelAsync(Slack, TestContext.Current.CancellationToken));
        Assert.Equal([Slack], await people.IdentitiesOfAsync(_alice.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_identity_that_the_directory_gives_to_somebody_else_is_ambiguous_and_nothing_is_sent_to_it()
    {
        _directory.Bind(_bob, Slack);
        var people = Bound(("alice", Slack));

        Assert.Equal(2, (await people.FindByChannelAsync(Slack, TestContext.Current.CancellationToken)).Count);
        Assert.Empty(await people.IdentitiesOfAsync(_alice.Id, TestContext.Current.CancellationToken));
        Assert.Empty(await people.IdentitiesOfAsync(_bob.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_sign_in_name_that_is_the_id_of_another_binds_neither()
    {
        _directory.Add("bob", "robert", "robert@example.com");
        var people = Bound(("bob", Slack));

        Assert.Equal(2, (await people.FindByChannelAsync(Slack, TestContext.Current.CancellationToken)).Count);
        Assert.Empty(await people.IdentitiesOfAsync(_bob.Id, TestContext.Current.CancellationToken));
    }

    private BoundPeople Bound(params (string Person, ChannelIdentity Identity)[] bindings) =>
        new(_directory, [.. bindings.Select((b, i) => new ChannelBinding(b.Person, b.Identity, $"bindings.yaml:{i + 1}"))]);
}
