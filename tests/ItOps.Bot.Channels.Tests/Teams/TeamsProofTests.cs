using System.Net;
using System.Text.Json.Nodes;
using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Testing.Teams;

namespace ItOps.Bot.Channels.Tests.Teams;

/// <summary>Nobody speaks to the bot without the platform's proof; each way to try is one row.</summary>
public sealed class TeamsProofTests
{
    [Theory]
    [InlineData(TokenDefect.Expired, HttpStatusCode.Unauthorized, "expired")]
    [InlineData(TokenDefect.NotYetValid, HttpStatusCode.Unauthorized, "expired")]
    [InlineData(TokenDefect.NoExpiry, HttpStatusCode.Unauthorized, "expired")]
    [InlineData(TokenDefect.WrongAudience, HttpStatusCode.Unauthorized, "wrong audience")]
    [InlineData(TokenDefect.WrongIssuer, HttpStatusCode.Unauthorized, "wrong issuer")]
    [InlineData(TokenDefect.NotSigned, HttpStatusCode.Unauthorized, "bad algorithm")]
    [InlineData(TokenDefect.SignedWithThePublicKeyAsSecret, HttpStatusCode.Unauthorized, "bad algorithm")]
    [InlineData(TokenDefect.UnknownKey, HttpStatusCode.Unauthorized, "unknown key")]
    [InlineData(TokenDefect.ChangedAfterSigning, HttpStatusCode.Unauthorized, "bad signature")]
    [InlineData(TokenDefect.KeyOfAnotherChannel, HttpStatusCode.Forbidden, "key not endorsed")]
    [InlineData(TokenDefect.WrongServiceUrl, HttpStatusCode.Forbidden, "wrong service URL")]
    [InlineData(TokenDefect.NoServiceUrl, HttpStatusCode.Forbidden, "wrong service URL")]
    public async Task A_token_with_a_defect_is_refused_and_audited(TokenDefect defect, HttpStatusCode status, string why)
    {
        await using var host = await TeamsHost.StartAsync();

        using var refused = await host.Teams.DeliverAsync(Message(host), host.Teams.Issuer.Mint(host.Teams.ServiceUrl, defect));

        Assert.Equal(status, refused.StatusCode);
        Assert.Empty(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(host.Store.Turns);
        Assert.Empty(host.Store.Routes);
        Assert.Equal(why, Assert.Single(host.Store.Audit).Facts["why"]);

        using var taken = await host.Teams.DeliverAsync(Message(host), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Single(host.Store.Turns);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not.a.token")]
    [InlineData("e30.e30.")]
    [InlineData("a.b.c.d.e")]
    public async Task What_is_no_token_is_refused(string? token)
    {
        await using var host = await TeamsHost.StartAsync();

        using var refused = await host.Teams.DeliverAsync(Message(host), token);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Empty(host.Store.Turns);
    }

    [Theory]
    [InlineData("conversation", "11111111-1111-4111-8111-111111111111")]
    [InlineData("channelData", "11111111-1111-4111-8111-111111111111")]
    [InlineData("from", "11111111-1111-4111-8111-111111111111")]
    [InlineData("both", "11111111-1111-4111-8111-111111111111")]
    [InlineData("both", null)]
    public async Task Another_tenant_and_a_tenant_in_doubt_are_refused(string where, string? tenant)
    {
        await using var host = await TeamsHost.StartAsync();

        using var refused = await host.Teams.DeliverAsync(Message(host, m =>
        {
            if (where is "conversation" or "both")
                m["conversation"]!["tenantId"] = tenant;
            if (where is "channelData" or "both")
                m["channelData"]!["tenant"]!["id"] = tenant;
            if (where is "from")
                m["from"]!["tenantId"] = tenant;
        }), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("wrong tenant", Assert.Single(host.Store.Audit).Facts["why"]);
        Assert.Empty(host.Store.Turns);
    }

    [Fact]
    public async Task One_of_the_two_places_is_enough_and_a_second_tenant_may_be_served()
    {
        await using var host = await TeamsHost.StartAsync(new() { ["TenantId"] = $"{FakeBotConnector.Tenant}, 22222222-2222-4222-8222-22222222222A" });

        using var taken = await host.Teams.DeliverAsync(Message(host, m =>
        {
            m["conversation"]!.AsObject().Remove("tenantId");
            m["channelData"]!["tenant"]!["id"] = "22222222-2222-4222-8222-22222222222a";
        }), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("22222222-2222-4222-8222-22222222222a", Assert.Single(host.Store.Turns).From.Tenant);
    }

    /// <summary>In a web chat everybody writes whatever sender they like.</summary>
    [Fact]
    public async Task Another_channel_of_the_bot_framework_is_refused()
    {
        await using var host = await TeamsHost.StartAsync();

        using var refused = await host.Teams.DeliverAsync(Message(host, m => m["channelId"] = "webchat"), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("other channel", Assert.Single(host.Store.Audit).Facts["why"]);
    }

    [Fact]
    public async Task A_key_that_is_new_is_looked_up_at_once_and_the_old_one_is_gone()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        var old = host.Teams.Issuer.Mint(host.Teams.ServiceUrl);
        host.Teams.Issuer.Rotate();

        using var taken = await host.Teams.DeliverAsync(Message(host), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));
        using var refused = await host.Teams.DeliverAsync(Message(host), old);

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_flood_of_invented_keys_does_not_reach_the_platform()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        var before = host.Teams.Issuer.Reads;

        for (var i = 0; i < 50; i++)
        {
            using var refused = await host.Teams.DeliverAsync(Message(host), host.Teams.Issuer.Mint(host.Teams.ServiceUrl, TokenDefect.UnknownKey));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Equal(before + 1, host.Teams.Issuer.Reads);

        host.Teams.Issuer.Rotate();
        host.Time.Advance(TimeSpan.FromMinutes(2));
        using var taken = await host.Teams.DeliverAsync(Message(host), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Known_keys_outlive_an_outage_but_not_for_ever_and_without_any_nobody_is_let_in()
    {
        await using var host = await TeamsHost.StartAsync();
        await host.Alice.Says("hello");
        host.Teams.Issuer.IsDown = true;

        host.Time.Advance(TimeSpan.FromHours(30));
        using var stillGood = await host.Teams.DeliverAsync(Message(host), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));
        host.Time.Advance(TimeSpan.FromDays(6));
        using var closed = await host.Teams.DeliverAsync(Message(host), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));

        Assert.Equal(HttpStatusCode.OK, stillGood.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, closed.StatusCode);
        Assert.Contains("OpenIdMetadata", host.SelfCheck.Problem);

        host.Teams.Issuer.IsDown = false;
        HttpStatusCode status;
        do
        {
            // A look of the bot's own, from just before, may still fail and put the next one off.
            host.Time.Advance(TimeSpan.FromSeconds(10));
            using var answer = await host.Teams.DeliverAsync(Message(host), host.Teams.Issuer.Mint(host.Teams.ServiceUrl));
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(host.SelfCheck.Problem);
    }

    private static string Message(TeamsHost host, Action<JsonObject>? change = null)
    {
        var message = host.Alice.Activity("message", host.Alice.Chat);
        message["text"] = "hello " + message["id"];
        change?.Invoke(message);
        return message.ToJsonString();
    }
}
