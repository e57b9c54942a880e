using System.Net;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Console.Tests.Hosting;

namespace ItOps.Bot.Console.Tests.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task Two_browsers_are_two_people()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        using var omar = await host.SignInAsync("omar");

        Assert.Contains("Alice Test", await alice.OpenAsync("/chat"));
        Assert.Contains("Omar Test", await omar.OpenAsync("/chat"));
    }

    [Theory]
    [InlineData("/chat")]
    [InlineData("/approvals")]
    [InlineData("/requests")]
    [InlineData("/requests/1")]
    [InlineData("/audit")]
    [InlineData("/console/audit/export.csv")]
    [InlineData("/console/live")]
    public async Task Nothing_is_shown_to_somebody_who_is_not_signed_in(string path)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var nobody = host.Open();

        var response = await nobody.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/sign-in?to=" + Uri.EscapeDataString(path), response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/requests/1?x=2", "/requests/1?x=2")]
    [InlineData("//evil.example", "/chat")]
    [InlineData("/\\evil.example", "/chat")]
    [InlineData("https://evil.example", "/chat")]
    [InlineData("/a\nb", "/chat")]
    [InlineData("", "/chat")]
    [InlineData(null, "/chat")]
    public void After_signing_in_nobody_is_sent_elsewhere(string? asked, string expected) => Assert.Equal(expected, SignInEndpoints.Within(asked));

    [Fact]
    public async Task Without_the_practice_picker_the_console_says_that_sign_in_is_not_configured()
    {
        await using var host = await ConsoleHost.StartAsync(sandboxSignIn: false);
        using var nobody = host.Open();

        foreach (var path in new[] { "/", "/sign-in", "/chat", "/audit" })
            Assert.Contains("Sign-in is not configured", await nobody.OpenAsync(path));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_name_that_somebody_pointed_at_this_computer_is_refused(string name)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var browser = host.Open();
        browser.Client.DefaultRequestHeaders.Host = name;

        var response = await browser.Client.GetAsync("/sign-in", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("<select", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task What_a_proxy_forwards_did_not_come_from_this_computer(string header)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        alice.Client.DefaultRequestHeaders.Add(header, "203.0.113.9");

        Assert.Contains("Sign-in is not configured", await alice.OpenAsync("/chat"));
    }

    [Fact]
    public async Task Somebody_the_directory_does_not_know_cannot_come_in()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var browser = host.Open();
        await browser.OpenAsync("/sign-in");

        var response = await browser.SendAsync("/sign-in", ("person", "mallory"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Sign in as", await browser.ReadAsync(response));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Client.GetAsync("/chat", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_for_scripts_and_other_sites_and_ends_with_the_browser()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var browser = host.Open();
        await browser.OpenAsync("/sign-in");

        var response = await browser.SendAsync("/sign-in", ("person", "alice"));

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("it-who=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.DoesNotContain("expires", cookie);
    }

    [Fact]
    public async Task After_signing_out_the_pages_are_closed()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");

        await alice.SendAsync("/sign-out");

        Assert.Equal(HttpStatusCode.SeeOther, (await alice.Client.GetAsync("/chat", TestContext.Current.CancellationToken)).StatusCode);
    }
}
