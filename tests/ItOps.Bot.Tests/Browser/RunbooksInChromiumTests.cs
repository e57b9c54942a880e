using System.Text.RegularExpressions;
using ItOps.Bot.Runbooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>Two authors change a runbook in their browsers.</summary>
public sealed class RunbooksInChromiumTests
{
    private const string Id = "vpn_not_connecting";

    [Fact]
    public async Task One_author_edits_and_proposes_and_another_agrees()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var server = await RunningServer.StartAsync();
        await using var ruth = await Window.SignInAsync(browser, server.Address, "ruth");
        await using var sam = await Window.SignInAsync(browser, server.Address, "sam");

        var before = server.Services.GetRequiredService<RunbookCatalog>().Find(Id)!.Version;

        await ruth.GoToAsync("Runbooks");
        await ruth.Page.GetByRole(AriaRole.Searchbox).FillAsync("vpn wont connect");
        await ruth.Page.Keyboard.PressAsync("Enter");
        await ruth.SeesAsync("This message gets the first one.");
        await ruth.SaveAsync("runbooks-search");
        await ruth.Page.GetByRole(AriaRole.Link, new() { Name = server.Services.GetRequiredService<RunbookCatalog>().Find(Id)!.Title }).First.ClickAsync();
        await ruth.SaveAsync("runbooks-view");

        await ruth.GoToAsync("Edit");
        var text = ruth.Page.GetByLabel("Runbook", new() { Exact = true });
        var written = await text.InputValueAsync();
        await text.FillAsync(written.Replace("steps:", "stepz:", StringComparison.Ordinal));
        await ruth.SeesAsync("stepz");
        await ruth.SaveAsync("runbooks-edit-problem");
        await text.FillAsync(new Regex("- guide: .*").Replace(written, "- guide: Close the lid and open it again.", 1));
        await ruth.SeesAsync("its steps changed");
        await ruth.SaveAsync("runbooks-edit");
        await ruth.Page.GetByLabel("What changes, and why").FillAsync("The lid helps more often.");
        await ruth.Page.GetByRole(AriaRole.Button, new() { Name = "Save and propose" }).ClickAsync();
        await ruth.SeesAsync("somebody else has to agree");
        Assert.Equal(0, await ruth.Page.GetByRole(AriaRole.Button, new() { Name = "Agree and publish" }).CountAsync());
        await ruth.SaveAsync("runbooks-proposed");

        await sam.GoToAsync("Runbooks");
        await sam.SaveAsync("runbooks-list-waiting");
        await sam.GoToAsync($"{Id}, version {before + 1}");
        await sam.SeesAsync("Close the lid and open it again.");
        await sam.SaveAsync("runbooks-diff");
        await sam.Page.GetByLabel("Note").FillAsync("Tried it.");
        await sam.Page.GetByRole(AriaRole.Button, new() { Name = "Agree and publish" }).ClickAsync();
        await sam.SeesAsync("New requests begin with it");
        await sam.SaveAsync("runbooks-agreed");

        Assert.Equal(before + 1, server.Services.GetRequiredService<RunbookCatalog>().Find(Id)!.Version);
        Assert.Empty(ruth.Errors);
        Assert.Empty(sam.Errors);
    }

    [Fact]
    public async Task Without_script_a_runbook_is_written_and_its_problems_are_shown()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var server = await RunningServer.StartAsync();
        await using var context = await Chromium.ContextAsync(browser, new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Address + "/sign-in");
        await page.Locator("select[name=person]").SelectOptionAsync("ruth");
        await page.Locator("button:has-text('Sign in')").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Chat", Exact = true }).WaitForAsync();

        await page.GotoAsync(server.Address + "/runbooks/new");
        await page.Locator("#id").FillAsync("gate_stuck");
        await page.Locator("#category").FillAsync("devices");
        await page.Locator("button[value=save]").ClickAsync();

        await page.GetByText("devices/gate_stuck.md:2").First.WaitForAsync();
        Assert.Contains("/runbooks/gate_stuck/edit", page.Url, StringComparison.Ordinal);
        Assert.Contains("devices/gate_stuck.md:2", await page.Locator(".problems").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("differs from the file's name", await page.Locator(".problems").TextContentAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task No_page_of_the_library_has_a_serious_accessibility_problem(int width, int height, ColorScheme scheme)
    {
        var axe = Chromium.Axe();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var server = await RunningServer.StartAsync();
        await using var ruth = await Window.SignInAsync(browser, server.Address, "ruth", width, height, scheme);
        await ruth.SeesAsync("Ruth");
        var look = $"{width}-{scheme.ToString().ToLowerInvariant()}";
        var problems = new List<string>();

        foreach (var (name, path) in new[]
        {
            ("list", "/runbooks"), ("search", "/runbooks?q=my+vpn+is+down"), ("view", $"/runbooks/{Id}"), ("edit", $"/runbooks/{Id}/edit"), ("new", "/runbooks/new"), ("versions", $"/runbooks/{Id}/versions"),
            ("version", $"/runbooks/{Id}/versions/{server.Services.GetRequiredService<RunbookCatalog>().Find(Id)!.Version}"), ("import", "/runbooks/import"),
        })
        {
            await ruth.Page.GotoAsync(server.Address + path);
            problems.AddRange(await ruth.CheckAsync(axe, path));
            await ruth.SaveAsync($"runbooks-{name}-{look}");
        }

        await ruth.Page.GotoAsync(server.Address + $"/runbooks/{Id}/edit");
        var text = ruth.Page.GetByLabel("Runbook", new() { Exact = true });
        await text.FillAsync(new Regex("- guide: .*").Replace(await text.InputValueAsync(), "- guide: Close the lid.", 1));
        await ruth.Page.GetByRole(AriaRole.Button, new() { Name = "Save and propose" }).ClickAsync();
        await ruth.SeesAsync("somebody else has to agree");
        problems.AddRange(await ruth.CheckAsync(axe, "a proposal"));
        await ruth.SaveAsync($"runbooks-proposal-{look}");
        Assert.Empty(problems);
        Assert.Empty(ruth.Errors);
    }
}
