using ItOps.Bot.Approvals;
using ItOps.Bot.Testing;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>The organisation's sign-in in a real browser, whose rules for cookies after a detour elsewhere are its own.</summary>
public sealed class SignInInChromiumTests
{
    [Fact]
    public async Task Omar_signs_in_at_his_organisation_and_approves_what_he_came_for()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var provider = await MockProvider.StartAsync("P1003");
        var port = FreePort.Next();
        await using var server = await RunningServer.StartAsync(
            "--urls", $"http://127.0.0.1:{port}", "--PublicUrl", $"http://127.0.0.1:{port}", "--Console:SignIn:Authority", provider.Authority, "--Console:SignIn:ClientId", "itops",
            "--Console:SignIn:ClientSecret", "practice", "--Console:SignIn:PersonClaim", "oid");
        await AliceAsksAsync(server);

        await using var omar = await Window.OpenAsync(browser, server.Address + "/approvals");
        await omar.SaveAsync("sign-in-1-work");
        await omar.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your work account" }).ClickAsync();
        await omar.SeesAsync("Unlock alice");
        await omar.SaveAsync("sign-in-2-approvals");
        Assert.EndsWith("/approvals", omar.Page.Url, StringComparison.Ordinal);
        await omar.SeesAsync("Omar Haddad");
        await omar.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await omar.SeesAsync("Done and verified");
        Assert.Equal(1, await SandboxView.Of(server.Services).EffectsAsync());
        Assert.Empty(omar.Errors);
    }

    private static async Task AliceAsksAsync(RunningServer server)
    {
        var alice = ChannelIdentity.SignedIn(new("P1001"));
        var time = server.Services.GetRequiredService<TimeProvider>();
        foreach (var text in new[] { "im locked out", "the first one" })
        {
            await server.Services.GetRequiredService<ITurnIntake>().AcceptAsync(new MessageTurn(Id.New(time), alice, new("console", alice.User), time.GetUtcNow(), text), CancellationToken.None);
            await server.Services.GetRequiredService<TurnPump>().WhenIdleAsync();
        }

        Assert.Single(await server.Services.GetRequiredService<IApprovalStore>().PendingAsync(CancellationToken.None));
    }
}
