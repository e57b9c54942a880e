using System.Text.RegularExpressions;
using ItOps.Bot.Approvals;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>A one-time link in a real browser in which nobody is signed in, with and without script.</summary>
public sealed class PickupInChromiumTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_number_is_confirmed_in_the_chat_and_the_page_goes_on_by_itself(bool script)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var server = await RunningServer.StartAsync();
        await using var alice = await Window.SignInAsync(browser, server.Address, "alice");
        var link = await ResetAsync(server, alice);
        await using var elsewhere = await Chromium.ContextAsync(browser, new() { JavaScriptEnabled = script });
        var page = await elsewhere.NewPageAsync();

        await page.GotoAsync(server.Address + link);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show it", Exact = true }).ClickAsync();
        var number = await page.GetByLabel("Number").InnerTextAsync();
        await alice.SeesAsync($"Is the number on the page {number}?");
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, show it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show it once" }).ClickAsync();

        var password = await page.Locator("#secret").InnerTextAsync();
        Assert.Equal(Accounts.PracticeOutcome.MustChangePassword, await SandboxView.Of(server.Services).SignsInAsync("alice", new(password), "cloud"));
        await page.GotoAsync(server.Address + link);
        await page.GetByText("This link doesn’t work for you").WaitForAsync();
        Assert.Empty(alice.Errors);
    }

    [Fact]
    public async Task No_page_of_a_link_has_a_serious_accessibility_problem()
    {
        var axe = Chromium.Axe();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var server = await RunningServer.StartAsync();
        await using var alice = await Window.SignInAsync(browser, server.Address, "alice");
        var link = await ResetAsync(server, alice);
        await using var stranger = await Window.OpenAsync(browser, server.Address + link);
        var problems = new List<string>(await stranger.CheckAsync(axe, "link"));

        await stranger.SaveAsync("link-1-start");
        // The page with the number asks again every three seconds; with no content for an answer it stays, and is not changed under the checker.
        const string Link = "**/secrets/**";
        await stranger.Page.RouteAsync(Link, route => route.Request.Method == "GET" ? route.FulfillAsync(new() { Status = 204 }) : route.ContinueAsync());
        await stranger.Page.GetByRole(AriaRole.Button, new() { Name = "Show it", Exact = true }).ClickAsync();
        await stranger.SeesAsync("Compare this number");
        problems.AddRange(await stranger.CheckAsync(axe, "number"));
        await stranger.SaveAsync("link-2-number");
        await stranger.Page.UnrouteAsync(Link);
        await stranger.Page.ReloadAsync();
        await alice.SeesAsync("Is the number on the page");
        await alice.SaveAsync("link-3-question");
        problems.AddRange(await alice.CheckAsync(axe, "question"));
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "That wasn't me" }).ClickAsync();
        await stranger.SeesAsync("This link doesn’t work for you");
        problems.AddRange(await stranger.CheckAsync(axe, "over"));

        Assert.Empty(problems);
    }

    /// <summary>Asks for a reset and has it approved; the link's address.</summary>
    private static async Task<string> ResetAsync(RunningServer server, Window alice)
    {
        await alice.GoToAsync("Chat");
        await alice.Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("reset my password");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^alice in Cloud") }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Ask ") }).ClickAsync();
        await alice.SeesAsync("I've asked Mona");
        await ApproveAsync(server, "mona");
        await ApproveAsync(server, "omar");
        return await alice.Page.GetByRole(AriaRole.Link, new() { Name = "Open one-time link" }).GetAttributeAsync("href") ?? throw new InvalidOperationException("The link leads nowhere.");
    }

    private static async Task ApproveAsync(RunningServer server, string name)
    {
        var open = Assert.Single(await server.Services.GetRequiredService<IApprovalStore>().PendingAsync(CancellationToken.None));
        var approver = await server.Services.GetRequiredService<IIdentityResolver>().ResolveAsync(new("console", "sandbox", name), CancellationToken.None);
        var decided = await server.Services.GetRequiredService<ApprovalService>().DecideAsync(approver.Value, open.Id, Verdict.Approve, null, open.TypeToConfirm, CancellationToken.None);
        Assert.True(decided.Kind == DecidedKind.Counted, $"{name}: {decided.Problem} {open.Purpose}");
    }
}
