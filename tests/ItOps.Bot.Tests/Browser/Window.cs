using System.Text.Json;
using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>One person's browser window, with cookies of its own. Whatever the page reports as an error is kept.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Errors.Add(message.Text);
        };
        page.PageError += (_, error) => Errors.Add(error);
    }

    public IPage Page { get; }

    public List<string> Errors { get; } = [];

    public static async Task<Window> SignInAsync(
        IBrowser browser, string address, string name, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await Chromium.ContextAsync(browser, new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        var window = new Window(context, await context.NewPageAsync());
        await window.Page.GotoAsync(address + "/");
        await window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Sign in as" }).SelectOptionAsync(name);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Chat", Exact = true }).WaitForAsync();
        return window;
    }

    /// <summary>A window in which nobody is signed in.</summary>
    public static async Task<Window> OpenAsync(IBrowser browser, string address)
    {
        var context = await Chromium.ContextAsync(browser);
        var window = new Window(context, await context.NewPageAsync());
        await window.Page.GotoAsync(address);
        return window;
    }

    public Task GoToAsync(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    public Task SeesAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Keeps a picture beside the test's binaries, for people to look at.</summary>
    public Task SaveAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", name + ".png") });

    /// <summary>The serious and critical findings of the accessibility checker.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(string axe, string page)
    {
        // Run in the debugger's world, where the page's own policy against foreign scripts does not reach.
        await Page.EvaluateAsync(axe + "; 0");
        var found = await Page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.map(v => ({ id: v.id, impact: v.impact, nodes: v.nodes.map(n => n.html).slice(0, 3) }))");
        return [.. found.EnumerateArray()
            .Where(v => v.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(v => $"{page}: {v}")];
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
