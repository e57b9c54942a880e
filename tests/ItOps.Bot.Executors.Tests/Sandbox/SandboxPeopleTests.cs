using ItOps.Bot.Executors.Sandbox;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Executors.Tests.Sandbox;

public sealed class SandboxPeopleTests : SandboxTestBase
{
    private readonly IPersonDirectory _people = new SandboxPeople(Seed);

    [Theory]
    [InlineData("alice", "P1")]
    [InlineData(" ALICE ", "P1")]
    [InlineData("Alice Arden", "P1")]
    [InlineData("alice@example.com", "P1")]
    [InlineData("Alex Kim", "P4 P5")]
    [InlineData("alex", "P4 P5")]
    [InlineData("akim", "P5")]
    [InlineData("José", "P6")]
    [InlineData("JOSÉ", "P6")]
    [InlineData("Jose\u0301 Nu\u0301n\u0303ez", "P6")]
    [InlineData("jose", "P6")]
    [InlineData("arden", "")]
    [InlineData("ali", "")]
    [InlineData("", "")]
    [InlineData(" ", "")]
    public async Task A_name_finds_everyone_it_may_mean_and_nobody_else(string name, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await _people.FindByNameAsync(name, Token)).Select(p => p.Id.Value)));

    [Theory]
    [InlineData("\u0430lice")] // Cyrillic a
    [InlineData("\uFF41lice")] // full width
    [InlineData("al\u0131ce")] // dotless i
    [InlineData("alice\u200B")] // zero width space
    [InlineData("\u202Ealice")] // direction override
    [InlineData("Mona \u0050etro\u03BD")] // Greek nu
    [InlineData("Alex \u212Aim")] // the Kelvin sign, which NFC makes a K
    [InlineData("Jo\u017Fé")] // long s, whose upper case is S
    [InlineData("alice%")]
    [InlineData("alice*")]
    public async Task A_look_alike_finds_nobody(string name) => Assert.Empty(await _people.FindByNameAsync(name, Token));

    [Fact]
    public async Task Only_the_exact_channel_identity_finds_a_person()
    {
        Assert.Equal("P1", Assert.Single(await _people.FindByChannelAsync(new ChannelIdentity("slack", "T0LAB", "U0alice"), Token)).Id.Value);
        Assert.Empty(await _people.FindByChannelAsync(new ChannelIdentity("slack", "T0EVIL", "U0alice"), Token));
        Assert.Empty(await _people.FindByChannelAsync(new ChannelIdentity("teams", "T0LAB", "U0alice"), Token));
        Assert.Empty(await _people.FindByChannelAsync(new ChannelIdentity("slack", "T0LAB", "u0alice"), Token));
    }

    [Fact]
    public async Task Groups_are_followed_through_nesting_and_circles()
    {
        Assert.Equal(["it-approvers", "it-leads"], (await _people.GroupsOfAsync(new PersonId("P3"), Token)).Order());
        Assert.Equal(["P2", "P3"], (await _people.MembersOfAsync("it-approvers", Token)).Select(p => p.Id.Value).Order());
        Assert.Empty(await _people.GroupsOfAsync(AliceId, Token));
        Assert.Empty(await _people.MembersOfAsync("no-such-group", Token));
    }

    [Fact]
    public async Task A_person_has_a_manager_and_everybody_is_listed_by_name()
    {
        Assert.Equal(MonaId, (await _people.FindAsync(AliceId, Token))!.Manager);
        Assert.Null(await _people.FindAsync(new PersonId("alice"), Token));
        Assert.Equal(["Alex Kim", "Alex Kim", "Alice Arden", "Bob Brandt", "José Núñez", "Mona Petrov"], (await _people.AllAsync(Token)).Select(p => p.DisplayName));
    }
}
