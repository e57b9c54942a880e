using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Who the bot does not know, or knows less well.</summary>
public sealed class StrangersStories
{
    private const string Nina = "00000000-aaaa-4bbb-8ccc-000000000077";

    [Fact]
    public async Task Somebody_of_the_workspace_whom_nobody_bound_is_told_so_and_gets_nothing_done()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var stranger = bot.Slack.User("U0NOBODY");

        await stranger.Says("im locked out");

        await stranger.Sees("I don't know you here");
        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
        Assert.Single(await bot.Bot.AuditAsync("identity.refused"));
    }

    [Fact]
    public async Task Where_e_mail_addresses_may_match_a_member_with_a_confirmed_one_may_ask_and_the_card_says_that_it_is_weaker()
    {
        await using var bot = await WithANewcomerAsync();
        bot.Slack.Add(Newcomer());
        var nina = bot.Slack.User("U0NINA");
        var mona = await bot.InTeamsAsync("mona");

        await nina.Says("give me read access to the finance share");

        await nina.Sees("I've asked Mona Petrov");
        var card = await mona.SeesApproval("Add nina to Finance (read)");
        Assert.Contains("known only by their e-mail address (weaker)", card.Text, StringComparison.Ordinal);
    }

    public static TheoryData<string, SlackProfile> Unmatched => new()
    {
        { "guest of one channel", Newcomer() with { IsUltraRestricted = true } },
        { "guest of several", Newcomer() with { IsRestricted = true } },
        { "stranger of a shared channel", Newcomer() with { IsStranger = true } },
        { "address never confirmed", Newcomer() with { IsEmailConfirmed = false } },
        { "deactivated", Newcomer() with { Deleted = true } },
        { "of another workspace", Newcomer() with { Team = "T0OTHER" } },
        { "without an address", Newcomer() with { Email = null } },
        { "with somebody's address whose account is bound", Newcomer() with { Email = "alice@example.com" } },
    };

    [Theory]
    [MemberData(nameof(Unmatched))]
    public async Task Nobody_else_is_matched_by_an_address(string who, SlackProfile profile)
    {
        await using var bot = await WithANewcomerAsync();
        bot.Slack.Add(profile);

        await bot.Slack.User(profile.Id).Says("reset my password");

        Assert.Single(await bot.Bot.AuditAsync("identity.refused"));
        Assert.True((await bot.Bot.PendingApprovalsAsync()).Count == 0, who);
    }

    [Fact]
    public async Task In_Teams_a_member_is_matched_by_what_they_sign_in_with_and_the_card_says_that_it_is_weaker()
    {
        await using var bot = await WithANewcomerAsync();
        var nina = InTeams(bot, Member() with { Email = "whatever@example.net" });
        var mona = bot.InSlack("mona");

        await nina.Says("give me read access to the finance share");

        await nina.Sees("I've asked Mona Petrov");
        var card = await mona.SeesApproval("Add nina to Finance (read)");
        Assert.Contains("known only by their e-mail address (weaker)", card.Shown, StringComparison.Ordinal);
        await mona.Approves();
        Assert.True(await bot.Sandbox.IsMemberAsync("nina", "finance-read"));
    }

    [Fact]
    public async Task Whoever_is_known_by_an_address_alone_gets_no_new_password_here()
    {
        await using var bot = await WithANewcomerAsync();
        var nina = InTeams(bot, Member());

        await nina.Says("reset my password");

        await nina.Sees("I can't do this from here. A person in IT can help you.");
        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
    }

    public static TheoryData<string, TeamsProfile> UnmatchedInTeams => new()
    {
        { "guest", Member() with { Role = "guest" } },
        { "anonymous in a meeting", Member() with { Role = "anonymous" } },
        { "of a role that was not told", Member() with { Role = null } },
        { "invited from elsewhere", Member() with { UserPrincipalName = "nina_example.com#EXT#@fabrikam.onmicrosoft.com" } },
        { "of another tenant", Member() with { Tenant = "11111111-1111-4111-8111-111111111111" } },
        { "of a tenant that was not told", Member() with { Tenant = null } },
        { "without an object in the directory", Member() with { AadObjectId = null } },
        { "another object of the directory", Member() with { AadObjectId = "00000000-aaaa-4bbb-8ccc-00000000beef" } },
        { "with the address only as mail", Member() with { UserPrincipalName = "n.novak@example.net", Email = "nina@example.com" } },
        { "without anything to sign in with", Member() with { UserPrincipalName = null, Email = "nina@example.com" } },
        { "with somebody's address whose account is bound", Member() with { UserPrincipalName = "alice@example.com" } },
    };

    [Theory]
    [MemberData(nameof(UnmatchedInTeams))]
    public async Task In_Teams_nobody_else_is_matched_by_an_address(string who, TeamsProfile profile)
    {
        await using var bot = await WithANewcomerAsync();

        await InTeams(bot, profile).Says("reset my password");

        Assert.Single(await bot.Bot.AuditAsync("identity.refused"));
        Assert.True((await bot.Bot.PendingApprovalsAsync()).Count == 0, who);
        Assert.Equal(1, bot.Teams.LookUps);
    }

    [Fact]
    public async Task Nobody_is_asked_about_while_addresses_do_not_count_nor_when_the_account_is_bound()
    {
        await using var bot = await ConnectedBot.StartAsync();
        await InTeams(bot, Member()).Says("im locked out");
        Assert.Equal(0, bot.Teams.LookUps);

        await using var matching = await WithANewcomerAsync();
        await (await matching.InTeamsAsync("alice")).Says("im locked out");
        Assert.Equal(0, matching.Teams.LookUps);
    }

    [Fact]
    public async Task While_Teams_does_not_say_who_somebody_is_they_are_asked_to_come_back_and_then_they_are_known()
    {
        await using var bot = await WithANewcomerAsync();
        var nina = InTeams(bot, Member());
        bot.Teams.Faults.Refuse(503, "ServiceUnavailable");

        await nina.Says("reset my password");
        await nina.Sees("I can't check who you are just now");
        Assert.Empty(await bot.Bot.PendingApprovalsAsync());

        await nina.Says("reset my password, please");
        await nina.Sees("I can't do this from here.");
    }

    private static TeamsProfile Member() => new(Nina) { UserPrincipalName = "Nina@example.com" };

    private static TeamsUser InTeams(ConnectedBot bot, TeamsProfile profile)
    {
        var nina = bot.Teams.User("nina", Nina);
        nina.Profile = profile;
        return nina;
    }

    private static SlackProfile Newcomer() => new("U0NINA", FakeSlack.Team) { Email = "Nina@example.com" };

    /// <summary>Somebody started on Monday whom the directory knows, and nobody has bound yet.</summary>
    private static async Task<ConnectedBot> WithANewcomerAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("itops-people-").FullName, "people.yaml");
        var people = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data/sandbox/people.yaml"));
        await File.WriteAllTextAsync(file, people.Replace("\npeople:\n", """

            people:
              - id: P1999
                signInName: nina
                givenName: Nina
                fullName: Nina Novak
                email: nina@example.com
                accounts:
                  directory: { id: D2999 }

            """, StringComparison.Ordinal));
        return await ConnectedBot.StartAsync(more: new() { ["Identity:MatchByEmail"] = "true", ["Executors:Sandbox:PeopleFile"] = file });
    }
}
