using System.Text.RegularExpressions;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>The main story between two people in two windows of a real browser, and every page held against the accessibility rules.</summary>
public sealed class MainStoryInChromiumTests
{
    [Fact]
    public async Task Alice_asks_in_one_window_Omar_approves_twice_in_another_and_both_see_the_receipt_without_a_reload()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var server = await RunningServer.StartAsync();
        await using var alice = await Window.SignInAsync(browser, server.Address, "alice");
        await using var omar = await Window.SignInAsync(browser, server.Address, "omar");
        await omar.GoToAsync("Approvals");

        await alice.GoToAsync("Chat");
        await alice.Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("i cant log in, think im locked out");
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^alice in Directory") }).ClickAsync();
        await alice.SeesAsync("I've asked IT");
        await alice.SaveAsync("1-asked");

        var approve = omar.Page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true });
        await approve.WaitForAsync();
        await omar.SaveAsync("2-card");
        await approve.DblClickAsync();

        await alice.SeesAsync("Did that help?");
        await alice.SeesAsync("Done and verified");
        await omar.SeesAsync("Done and verified");
        await alice.SaveAsync("3-receipt-requester");
        await omar.SaveAsync("4-receipt-approver");
        await Assertions.Expect(approve).ToHaveCountAsync(0);
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Yes", Exact = true }).ClickAsync();
        await alice.SeesAsync("closed this as resolved");

        Assert.Equal(1, await SandboxView.Of(server.Services).TimesAsync("unlock", "alice"));
        Assert.Empty(alice.Errors);
        Assert.Empty(omar.Errors);
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task No_page_has_a_serious_accessibility_problem(int width, int height, ColorScheme scheme)
    {
        var axe = Chromium.Axe();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var server = await RunningServer.StartAsync();
        await using var omar = await Window.SignInAsync(browser, server.Address, "omar", width, height, scheme);
        await using var alice = await Window.SignInAsync(browser, server.Address, "alice", width, height, scheme);
        await using var mona = await Window.SignInAsync(browser, server.Address, "mona", width, height, scheme);
        await alice.GoToAsync("Chat");
        await alice.Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("reset my password");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^alice in Cloud") }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { NameString = "Ask Mona Petrov to vouch for me" }).ClickAsync();
        await alice.SeesAsync("I've asked Mona Petrov to vouch for you");
        await mona.GoToAsync("Approvals");
        await mona.Page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await alice.SeesAsync("Now IT decides");

        var problems = new List<string>(await alice.CheckAsync(axe, "Chat"));
        foreach (var page in new[] { "Approvals", "Requests", "Audit", "Chat" })
        {
            await omar.GoToAsync(page);
            problems.AddRange(await omar.CheckAsync(axe, page));
            await omar.SaveAsync($"{page.ToLowerInvariant()}-{width}-{scheme.ToString().ToLowerInvariant()}");
        }

        await omar.GoToAsync("Approvals");
        await omar.Page.GetByRole(AriaRole.Textbox, new() { Name = "To approve, type alice" }).FillAsync("bob");
        await omar.Page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await omar.SeesAsync("That is not approved yet");
        problems.AddRange(await omar.CheckAsync(axe, "a name that was not typed"));
        await omar.Page.GetByRole(AriaRole.Textbox, new() { Name = "To approve, type alice" }).FillAsync("alice");
        await omar.Page.Keyboard.PressAsync("Enter");
        await omar.SeesAsync("Done and verified");

        await using var sam = await Window.SignInAsync(browser, server.Address, "sam", width, height, scheme);
        foreach (var (page, shows) in new[] { ("Insights", "Those who decide"), ("People", "U0OMAR") })
        {
            await sam.GoToAsync(page);
            await sam.SeesAsync(shows);
            problems.AddRange(await sam.CheckAsync(axe, page));
            await sam.SaveAsync($"{page.ToLowerInvariant()}-{width}-{scheme.ToString().ToLowerInvariant()}");
        }

        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "Conflicts" }).ClickAsync();
        await sam.SeesAsync("There is no bindings file");
        problems.AddRange(await sam.CheckAsync(axe, "Conflicts"));
        Assert.Empty(sam.Errors);

        await omar.Page.GotoAsync(server.Address + "/sandbox/sign-in");
        problems.AddRange(await omar.CheckAsync(axe, "practice sign-in"));
        Assert.Empty(problems);
        Assert.Empty(omar.Errors);
        Assert.Empty(alice.Errors);
    }
}
