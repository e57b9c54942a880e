using ItOps.Bot.Accounts;
using ItOps.Bot.Testing;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>What an approver sees in Teams, in Microsoft's own stand-in for its client.</summary>
public sealed class MainStoryInThePlaygroundTests
{
    [Fact]
    public async Task Omar_asks_in_Teams_for_himself_and_approves_there_what_Alice_asked_in_the_console()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var port = FreePort.Next();
        await using var server = await RunningServer.StartAsync(
            "--Channels:Teams:Enabled", "true", "--Channels:Teams:AllowUnauthenticatedLoopback", "true",
            "--Channels:Teams:AppId", "8f3e2d1c-0b4a-4c5d-9e6f-7a8b9c0d1e2f", "--Channels:Teams:TenantId", "5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650");
        await using var playground = await Playground.StartAsync(server.Address, server.Services.GetRequiredService<SandboxSeed>(), "omar", port);
        await using var context = await Chromium.ContextAsync(browser, new() { ViewportSize = new() { Width = 1280, Height = 1000 } });
        var omar = await context.NewPageAsync();
        await omar.GotoAsync(playground.Address);
        // The client adds the bot as it opens; what is typed before it has done so is lost.
        await omar.GetByText("Tell me what's wrong").First.WaitForAsync();
        await omar.Locator("[contenteditable=true]").First.ClickAsync();

        await omar.Keyboard.TypeAsync("give me read access to the finance share");
        await omar.Keyboard.PressAsync("Enter");
        await omar.GetByText("Add omar to Finance (read) in Directory").First.WaitForAsync();
        await SaveAsync(omar, "playground-1-own-request");

        await using var alice = await Window.SignInAsync(browser, server.Address, "alice");
        await alice.GoToAsync("Chat");
        await alice.Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" }).FillAsync("i cant log in, think im locked out");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Page.GetByRole(AriaRole.Button, new() { NameString = "alice in Directory" }).First.ClickAsync();
        await alice.SeesAsync("I've asked IT");

        var approve = omar.GetByRole(AriaRole.Button, new() { Name = "Approve" });
        await approve.WaitForAsync();
        await omar.GetByText("Unlock alice in Directory").First.WaitForAsync();
        await SaveAsync(omar, "playground-2-card");
        await approve.ClickAsync();
        await omar.GetByText("Done and verified").First.WaitForAsync();
        await SaveAsync(omar, "playground-3-receipt");
        await Assertions.Expect(approve).ToHaveCountAsync(0);
        await alice.SeesAsync("Done and verified");
        Assert.Equal(1, await SandboxView.Of(server.Services).TimesAsync("unlock", "alice"));
    }

    private static Task SaveAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", name + ".png") });
}
