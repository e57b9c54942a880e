using System.Net;
using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Console.Tests.Secrets;

public sealed class SecretLinkTests
{
    private const string Password = "Otter-47-Quiet-Lamp";

    private static Task StoreAsync(ConsoleHost host, string token, int minutes = 15)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var secret = new OneTimeSecret(hash, Hosting.People.IdOf("alice"), "Temporary password for alice", Password, TimeProvider.System.GetUtcNow().AddMinutes(minutes), null);
        return host.Memory.CommitAsync(new Commit().Add(new SecretStored(secret)).Audit(AuditEntry.ByBot("secret.delivered", hash, null)), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Looking_burns_nothing_and_shows_nothing()
    {
        await using var host = await ConsoleHost.StartAsync();
        await StoreAsync(host, "t1");
        using var alice = await host.SignInAsync("alice");

        for (var i = 0; i < 3; i++)
        {
            var html = await alice.OpenAsync("/secrets/t1");
            Assert.Contains("Show it once</button>", html);
            Assert.DoesNotContain(Password, html);
        }
    }

    [Fact]
    public async Task It_is_shown_to_one_of_many_presses()
    {
        await using var host = await ConsoleHost.StartAsync();
        await StoreAsync(host, "t1");
        using var alice = await host.SignInAsync("alice");
        await alice.OpenAsync("/secrets/t1");

        var pages = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => await alice.ReadAsync(await alice.SendAsync("/secrets/t1"))));

        Assert.Single(pages, p => p.Contains(Password, StringComparison.Ordinal));
        Assert.DoesNotContain(Password, await alice.OpenAsync("/secrets/t1"));
        Assert.DoesNotContain(host.Memory.Audit, r => r.ToString().Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_expired_unknown_and_meant_for_somebody_else_look_the_same()
    {
        await using var host = await ConsoleHost.StartAsync();
        await StoreAsync(host, "read");
        await StoreAsync(host, "old", minutes: -1);
        await StoreAsync(host, "hers");
        using var alice = await host.SignInAsync("alice");
        await alice.SendAsync("/secrets/read");
        using var eve = await host.SignInAsync("eve");

        var pages = new HashSet<string>();
        foreach (var (who, token) in new[] { (alice, "read"), (alice, "old"), (alice, "never-was"), (eve, "hers") })
        {
            var looked = await who.Client.GetAsync("/secrets/" + token, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, looked.StatusCode);
            pages.Add(Rendered.Text(await who.ReadAsync(looked)));
            pages.Add(Rendered.Text(await who.ReadAsync(await who.SendAsync("/secrets/" + token))));
        }

        Assert.Single(pages);
        Assert.Contains("Show it once", await alice.OpenAsync("/secrets/hers"));
    }

    [Fact]
    public async Task The_page_with_the_secret_is_kept_nowhere_and_tells_nobody_its_address()
    {
        await using var host = await ConsoleHost.StartAsync();
        await StoreAsync(host, "t1");
        using var alice = await host.SignInAsync("alice");

        var response = await alice.SendAsync("/secrets/t1");

        Assert.Contains("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains(Password, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
