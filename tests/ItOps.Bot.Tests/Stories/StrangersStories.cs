using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Who the bot does not know, or knows less well.</summary>
public sealed class StrangersStories
{
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
        await using var bot = await WithANewcomerAsync(Newcomer());
        var nina = bot.Slack.User("U0NINA");
        var omar = await bot.InTeamsAsync("omar");

        await nina.Says("reset my password");

        await nina.Sees("I've asked IT");
        var card = await omar.SeesApproval("Reset the password of nina");
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
        await using var bot = await WithANewcomerAsync(profile);

        await bot.Slack.User(profile.Id).Says("reset my password");

        Assert.Single(await bot.Bot.AuditAsync("identity.refused"));
        Assert.True((await bot.Bot.PendingApprovalsAsync()).Count == 0, who);
    }

    private static SlackProfile Newcomer() => new("U0NINA", FakeSlack.Team) { Email = "Nina@example.com" };

    /// <summary>Somebody started on Monday whom the directory knows, and nobody has bound yet.</summary>
    private static async Task<ConnectedBot> WithANewcomerAsync(SlackProfile profile)
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
        var bot = await ConnectedBot.StartAsync(more: new() { ["Identity:MatchByEmail"] = "true", ["Executors:Sandbox:PeopleFile"] = file });
        bot.Slack.Add(profile);
        return bot;
    }
}
