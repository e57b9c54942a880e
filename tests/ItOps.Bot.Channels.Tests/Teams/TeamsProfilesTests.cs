using System.Net;
using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Teams;

public sealed class TeamsProfilesTests
{
    private static readonly ChannelIdentity s_stranger = new("teams", FakeBotConnector.Tenant, Staff.Stranger);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_member_of_the_tenant_is_told_by_what_they_sign_in_with(bool isOldFashioned)
    {
        var profile = await ProfileAsync(p => p with { UserPrincipalName = "nina@example.com", Email = "boss@example.com", IsOldFashioned = isOldFashioned });

        Assert.Equal(new(FakeBotConnector.Tenant, "nina@example.com") { IsEmailConfirmed = true, IsGuest = false, IsBot = false, IsActive = true }, profile);
    }

    public static TheoryData<string, TeamsProfile> Guests => new()
    {
        { "guest", Member() with { Role = "guest" } },
        { "anonymous in a meeting", Member() with { Role = "anonymous" } },
        { "of a role that nobody knows", Member() with { Role = "visitor" } },
        { "of no role", Member() with { Role = null } },
        { "invited", Member() with { UserPrincipalName = "nina_example.com#EXT#@fabrikam.onmicrosoft.com" } },
        { "invited, in small letters", Member() with { UserPrincipalName = "nina_example.com#ext#@fabrikam.onmicrosoft.com" } },
    };

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task Whoever_is_no_plain_member_is_a_guest(string who, TeamsProfile profile) => Assert.True((await ProfileAsync(_ => profile))!.IsGuest, who);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Staff.Alice)]
    [InlineData("nobody")]
    public async Task The_address_of_an_account_that_is_not_the_one_that_wrote_counts_for_nothing(string? objectId) =>
        Assert.False((await ProfileAsync(p => p with { AadObjectId = objectId }))!.IsEmailConfirmed);

    [Fact]
    public async Task The_tenant_is_the_one_that_the_account_belongs_to()
    {
        Assert.Equal("11111111-1111-4111-8111-111111111111", (await ProfileAsync(p => p with { Tenant = "11111111-1111-4111-8111-111111111111" }))!.Tenant);
        Assert.Equal("", (await ProfileAsync(p => p with { Tenant = null }))!.Tenant);
    }

    [Fact]
    public async Task Somebody_who_never_wrote_is_nobody_and_not_asked_about()
    {
        await using var host = await TeamsHost.StartAsync();

        Assert.Null(await FindAsync(host));
        Assert.Equal(0, host.Teams.LookUps);
    }

    [Fact]
    public async Task Somebody_who_is_not_in_the_conversation_is_nobody()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Stranger.Says("hello");
        host.Teams.Faults.Refuse(404, "MemberNotFoundInConversation");

        Assert.Null(await FindAsync(host));
    }

    [Fact]
    public async Task Somebody_who_was_only_met_among_others_is_looked_up_in_the_chat_that_is_opened()
    {
        await using var host = await TeamsHost.StartAsync();
        host.Teams.Conversations.Install(host.Stranger.Id, installed: true);
        await host.Stranger.Mentions(host.Teams.Shared("19:finance@thread.tacv2"), "hello");

        Assert.Equal("stranger@example.com", (await FindAsync(host))!.Email);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(403)]
    public async Task A_platform_that_does_not_say_is_a_failure_and_not_an_answer(int status)
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Stranger.Says("hello");
        for (var call = 0; call < 5; call++)
            host.Teams.Faults.Refuse(status, "Nothing");

        await Assert.ThrowsAsync<DeliveryException>(() => FindAsync(host));
    }

    [Fact]
    public async Task The_members_are_told_to_nobody_without_the_bots_own_token()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Stranger.Says("hello");
        using var http = new HttpClient();

        using var answer = await http.GetAsync(
            new Uri(host.Teams.ServiceUrl, $"v3/conversations/{host.Stranger.Chat.Id}/members/{host.Stranger.Id}"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0, host.Teams.LookUps);
    }

    private static TeamsProfile Member() => new(Staff.Stranger) { UserPrincipalName = "nina@example.com" };

    private static async Task<ChannelProfile?> ProfileAsync(Func<TeamsProfile, TeamsProfile> change)
    {
        await using var host = await TeamsHost.StartAsync();
        host.Stranger.Profile = change(host.Stranger.Profile);
        await host.Stranger.Says("hello");
        return await FindAsync(host);
    }

    private static Task<ChannelProfile?> FindAsync(TeamsHost host) => host.Profiles.FindAsync(s_stranger, TestContext.Current.CancellationToken);
}
