using ItOps.Bot.Assurance;
using ItOps.Bot.People;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Core.Tests.Turns;

public sealed class IdentityResolverTests
{
    private static readonly ChannelIdentity Unbound = new("slack", "T0LAB", "U0NEW");

    private readonly ListedPeople _people = new();
    private readonly ScriptedProfiles _slack = new("slack");
    private readonly Person _alice;

    public IdentityResolverTests()
    {
        _alice = _people.Add("P1", "alice", "alice@example.com");
        _people.Add("P2", "bob", "bob@example.com");
    }

    [Fact]
    public async Task Whom_the_directory_binds_is_recognised_without_asking_the_platform()
    {
        _people.Bind(_alice, Unbound);

        var principal = (await ResolveAsync(Unbound, matchByEmail: true)).Value;

        Assert.Equal((_alice, AssuranceMethod.ChatPlatform, 0), (principal.Person, principal.Assurance.Method, _slack.LookUps));
    }

    [Fact]
    public async Task An_address_means_nothing_unless_it_was_turned_on()
    {
        _slack.Tell(Unbound, ScriptedProfiles.Member("T0LAB", "alice@example.com"));

        Assert.Equal(ProblemCode.UnknownPerson, (await ResolveAsync(Unbound, matchByEmail: false)).Problem?.Code);
        Assert.Equal(0, _slack.LookUps);
    }

    [Theory]
    [InlineData("alice@example.com")]
    [InlineData("Alice@Example.COM")]
    public async Task A_member_with_the_address_of_one_person_is_that_person_and_the_evidence_says_how(string email)
    {
        _slack.Tell(Unbound, ScriptedProfiles.Member("T0LAB", email));

        var principal = (await ResolveAsync(Unbound)).Value;

        Assert.Equal((_alice, AssuranceMethod.EmailMatch, Unbound), (principal.Person, principal.Assurance.Method, principal.Via));
        Assert.Contains("weaker", Replies.Words.English.Assurance(principal.Assurance.Method, "slack"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("alice")] // a name of hers, and no address
    [InlineData("mallory@example.com")]
    [InlineData("alice@example.com.evil.example")]
    [InlineData("alice+x@example.com")]
    [InlineData(" alice@example.com")]
    [InlineData("\u0430lice@example.com")] // a Cyrillic a
    [InlineData("al\u0131ce@example.com")] // a dotless i
    [InlineData("a\u006C\u200Bice@example.com")]
    [InlineData("\uFF41lice@example.com")] // a full-width a
    [InlineData("alice@example\u3002com")]
    public async Task Another_address_is_nobody_and_look_alikes_are_other_addresses(string? email)
    {
        _slack.Tell(Unbound, ScriptedProfiles.Member("T0LAB", email));

        Assert.Equal(ProblemCode.UnknownPerson, (await ResolveAsync(Unbound)).Problem?.Code);
    }

    [Theory]
    [InlineData("\u017Fam@example.com", "sam@example.com")] // a long s, whose upper case is S
    [InlineData("mar\u212A@example.com", "mark@example.com")] // the sign of Kelvin, whose lower case is k
    public async Task A_letter_that_only_becomes_the_same_in_another_case_is_another_letter(string shown, string real)
    {
        _people.Add("P9", "somebody", real);
        _slack.Tell(Unbound, ScriptedProfiles.Member("T0LAB", shown));

        Assert.Equal(ProblemCode.UnknownPerson, (await ResolveAsync(Unbound)).Problem?.Code);
    }

    public static TheoryData<string, ChannelProfile> Strangers => new()
    {
        { "guest", ScriptedProfiles.Member("T0LAB", "alice@example.com") with { IsGuest = true } },
        { "bot", ScriptedProfiles.Member("T0LAB", "alice@example.com") with { IsBot = true } },
        { "deactivated", ScriptedProfiles.Member("T0LAB", "alice@example.com") with { IsActive = false } },
        { "unconfirmed address", ScriptedProfiles.Member("T0LAB", "alice@example.com") with { IsEmailConfirmed = false } },
        { "of another team, in a shared channel", ScriptedProfiles.Member("T0OTHER", "alice@example.com") },
        { "of no team", ScriptedProfiles.Member("", "alice@example.com") },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Guests_bots_leavers_and_strangers_from_elsewhere_are_nobody_whatever_address_they_show(string who, ChannelProfile profile)
    {
        _slack.Tell(Unbound, profile);

        var resolved = await ResolveAsync(Unbound);

        Assert.True(resolved.Problem?.Code == ProblemCode.UnknownPerson, who);
    }

    [Fact]
    public async Task An_account_that_its_platform_does_not_know_is_nobody() =>
        Assert.Equal(ProblemCode.UnknownPerson, (await ResolveAsync(Unbound)).Problem?.Code);

    [Fact]
    public async Task An_address_that_two_people_share_is_neither()
    {
        _people.Add("P3", "alice2", "ALICE@example.com");
        _slack.Tell(Unbound, ScriptedProfiles.Member("T0LAB", "alice@example.com"));

        Assert.Equal(ProblemCode.AmbiguousPerson, (await ResolveAsync(Unbound)).Problem?.Code);
    }

    [Fact]
    public async Task A_second_account_with_the_address_of_somebody_whose_account_is_known_is_not_them()
    {
        _people.Bind(_alice, new("slack", "T0LAB", "U0ALICE"));
        _slack.Tell(Unbound, ScriptedProfiles.Member("T0LAB", "alice@example.com"));

        Assert.Equal(ProblemCode.UnknownPerson, (await ResolveAsync(Unbound)).Problem?.Code);
    }

    [Theory]
    [InlineData("slack", "T0OTHER")]
    [InlineData("teams", "T0LAB")]
    public async Task Being_bound_in_another_place_is_no_hindrance(string channel, string tenant)
    {
        _people.Bind(_alice, new(channel, tenant, "U0ALICE"));
        _slack.Tell(Unbound, ScriptedProfiles.Member("T0LAB", "alice@example.com"));

        Assert.Equal(_alice, (await ResolveAsync(Unbound)).Value.Person);
    }

    [Fact]
    public async Task An_identity_that_is_bound_to_two_people_is_not_settled_by_an_address()
    {
        _people.Bind(_alice, Unbound);
        _people.Bind(_people.Add("P4", "dora", "dora@example.com"), Unbound);
        _slack.Tell(Unbound, ScriptedProfiles.Member("T0LAB", "alice@example.com"));

        Assert.Equal(ProblemCode.AmbiguousPerson, (await ResolveAsync(Unbound)).Problem?.Code);
    }

    [Fact]
    public async Task A_platform_that_cannot_be_asked_makes_nobody_somebody()
    {
        _slack.IsDown = true;

        Assert.Equal(ProblemCode.SystemUnavailable, (await ResolveAsync(Unbound)).Problem?.Code);
    }

    [Fact]
    public async Task A_channel_that_tells_no_profiles_matches_nobody()
    {
        var teams = Unbound with { Channel = "teams" };
        _slack.Tell(teams, ScriptedProfiles.Member("T0LAB", "alice@example.com"));

        Assert.Equal(ProblemCode.UnknownPerson, (await ResolveAsync(teams)).Problem?.Code);
        Assert.Equal(0, _slack.LookUps);
    }

    private Task<Result<Principal>> ResolveAsync(ChannelIdentity identity, bool matchByEmail = true)
    {
        var emails = new EmailMatch(_people, [_slack], new() { MatchByEmail = matchByEmail }, NullLogger<EmailMatch>.Instance);
        return new IdentityResolver(_people, emails, new FakeTimeProvider()).ResolveAsync(identity, TestContext.Current.CancellationToken);
    }
}
