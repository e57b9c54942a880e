using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>Several requests on one card, as an approver meets them in the console.</summary>
public sealed class GroupInChromiumTests
{
    [Fact]
    public async Task Mona_denies_one_of_what_Bob_asked_for_and_approves_the_rest_at_once()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var server = await RunningServer.StartAsync();
        await using var bob = await Window.SignInAsync(browser, server.Address, "bob");
        await bob.GoToAsync("Chat");
        await bob.Page.GetByRole(AriaRole.Textbox, new() { Name = "Message" })
            .FillAsync("I need developer access to the jira project FIN, write access to the finance share, and also put me on the sales mailing list");
        await bob.Page.Keyboard.PressAsync("Enter");
        await bob.Page.GetByRole(AriaRole.Button, new() { NameString = "Sales (member)" }).First.ClickAsync();
        await bob.SeesAsync("Your 3 requests");
        await bob.SaveAsync("group-1-requester");

        await using var mona = await Window.SignInAsync(browser, server.Address, "mona", height: 1400);
        await mona.Page.GotoAsync(server.Address + "/approvals");
        await mona.SeesAsync("3 requests of Bob Brandt");
        await mona.SaveAsync("group-2-to-decide");
        var finance = mona.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Add bob to Finance (write) in Directory" }).First;
        await finance.GetByRole(AriaRole.Button, new() { Name = "Deny", Exact = true }).ClickAsync();
        await finance.GetByRole(AriaRole.Textbox, new() { Name = "Reason" }).FillAsync("not in this quarter");
        await mona.SaveAsync("group-3-reason");
        await finance.GetByRole(AriaRole.Button, new() { Name = "Deny with this reason" }).ClickAsync();

        await mona.SeesAsync("2 of 3 to decide");
        await mona.SaveAsync("group-4-part-decided");
        await mona.Page.GetByRole(AriaRole.Button, new() { Name = "Approve all 2" }).ClickAsync();
        await mona.SeesAsync("Approved: 2");
        await bob.SeesAsync("not in this quarter");
        await bob.SeesAsync("Done and verified: 2, denied: 1");
        await mona.Page.GotoAsync(server.Address + "/chat");
        await mona.SeesAsync("Done and verified: 2, denied: 1");
        await mona.SaveAsync("group-5-receipt");

        var sandbox = SandboxView.Of(server.Services);
        Assert.Equal((true, false, true), (await sandbox.IsMemberAsync("bob", "jira-fin-developer"), await sandbox.IsMemberAsync("bob", "finance-write"), await sandbox.IsMemberAsync("bob", "list-sales")));
        Assert.Empty(mona.Errors.Concat(bob.Errors));
    }
}
