using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Testing.Teams;

namespace ItOps.Bot.Channels.Tests.Teams;

public sealed class TeamsSelfCheckTests
{
    [Fact]
    public async Task All_is_well_when_everything_answers()
    {
        await using var host = await TeamsHost.StartAsync();

        var found = await host.SelfCheck.ExamineAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["app", "endpoint", "proof", "keys", "credential", "clock", "approvers"], found.Select(f => f.What));
        // The test's clock stands where no computer's does.
        Assert.All(found.Where(f => f.What != "clock"), f => Assert.Null(f.Problem));
        Assert.Contains("https://itops.example.com/api/messages", found[1].Well);
        Assert.Null(host.SelfCheck.Problem);
    }

    [Theory]
    [InlineData("keys", "Channels:Teams:OpenIdMetadata")]
    [InlineData("credential", "Channels:Teams:ClientSecret")]
    [InlineData("approvers", "Channels:Teams:ApproverConversation")]
    [InlineData("clock", "NTP")]
    public async Task What_is_wrong_says_how_to_mend_it(string what, string mend)
    {
        await using var host = await TeamsHost.StartAsync(new() { ["ApproverConversation"] = TeamsHost.ApproversPlace });
        host.Teams.Issuer.IsDown = what == "keys";
        host.Teams.Entra.Refuses = what == "credential";
        host.Time.Advance(TimeSpan.FromDays(400));

        var found = await host.SelfCheck.ExamineAsync(TestContext.Current.CancellationToken);

        Assert.Contains(mend, Assert.Single(found, f => f.What == what).Problem);
    }

    [Fact]
    public async Task The_approvers_place_is_known_once_somebody_wrote_there()
    {
        await using var host = await TeamsHost.StartAsync(new() { ["ApproverConversation"] = TeamsHost.ApproversPlace });
        await host.Omar.Mentions(host.Teams.Shared(TeamsHost.ApproversPlace), "hello");

        var found = await host.SelfCheck.ExamineAsync(TestContext.Current.CancellationToken);

        Assert.Null(Assert.Single(found, f => f.What == "approvers").Problem);
    }

    [Fact]
    public async Task A_bot_that_could_not_get_its_token_finds_out_by_itself_when_it_can()
    {
        await using var host = await TeamsHost.StartAsync(new() { ["ClientSecret"] = FakeBotConnector.ClientSecret });
        await host.Alice.Says("hello");
        await host.SayAsync(host.Alice, new("hello"));
        host.Teams.Entra.Refuses = true;
        host.Teams.Entra.RevokeAll();
        await Assert.ThrowsAsync<Replies.DeliveryException>(() => host.SayAsync(host.Alice, new("hello")));
        Assert.NotNull(host.SelfCheck.Problem);

        host.Teams.Entra.Refuses = false;
        while (host.SelfCheck.Problem is not null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            host.Time.Advance(TimeSpan.FromMinutes(6));
            await Task.Yield();
        }
    }
}
