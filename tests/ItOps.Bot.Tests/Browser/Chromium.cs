using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>Real headless Chromium, where the machine has it.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var path = Array.Find(Places, File.Exists);
        Assert.SkipWhen(path is null, "Chromium is not installed (apt-get install chromium).");
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments, Timeout = 180_000 });
    }

    /// <summary>Somebody's cookies and windows.</summary>
    public static async Task<IBrowserContext> ContextAsync(IBrowser browser, BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(options);
        // However busy the machine: what never comes is a failure, what comes late is none.
        context.SetDefaultTimeout(120_000);
        return context;
    }

    /// <summary>The accessibility checker, as the environment says or as npm installed it below the repository; skips where there is none.</summary>
    public static string Axe()
    {
        var named = Environment.GetEnvironmentVariable("ITOPS_AXE");
        Assert.SkipWhen(named is null || !File.Exists(named), "axe-core is not installed; set ITOPS_AXE to the path of its axe.min.js.");
        return File.ReadAllText(named!);
    }
}
