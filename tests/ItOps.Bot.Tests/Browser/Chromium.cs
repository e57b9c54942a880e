using Microsoft.Playwright;

namespace ItOps.Bot.Tests.Browser;

/// <summary>Real headless Chromium, where the machine has it.</summary>
internal static class Chromium
{
    /// <summary>In milliseconds, however busy the machine: what never comes is a failure, what comes late is none.</summary>
    private const int Patience = 180_000;

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var path = Array.Find(Places, File.Exists);
        Assert.SkipWhen(path is null, "Chromium is not installed (apt-get install chromium).");
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments, Timeout = Patience });
    }

    /// <summary>Somebody's cookies and windows.</summary>
    public static async Task<IBrowserContext> ContextAsync(IBrowser browser, BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
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
