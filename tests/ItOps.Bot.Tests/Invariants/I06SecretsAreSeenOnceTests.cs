using System.Text;
using System.Text.Json;
using ItOps.Bot.Accounts;
using ItOps.Bot.Auditing;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I6: a secret is redacted by type, encrypted at rest, delivered once, to one person.</summary>
public sealed class I06SecretsAreSeenOnceTests
{
    [Fact]
    public async Task After_a_reset_neither_password_nor_link_is_anywhere_but_in_their_owners_hands()
    {
        using var log = new CapturedLog();
        await using var bot = await BotHost.StartAsync(log.Listen);
        await bot.AliceAsksForAPasswordAsync();
        await bot.Person("omar").Approves();
        var token = await bot.Person("alice").LinkAsync();
        var whileUnread = await EverythingAsync(bot, log);

        var password = (await bot.Person("alice").OpensLink()).Value.Value.Reveal();
        await bot.TimePassesAsync(TimeSpan.FromMinutes(1));
        var afterwards = await EverythingAsync(bot, log);

        Assert.Equal(PracticeOutcome.MustChangePassword, await bot.Services.GetRequiredService<IPracticeSignIn>().TryAsync("directory", "alice", new(password), CancellationToken.None));
        foreach (var (place, text) in whileUnread.Concat(afterwards))
        {
            Assert.False(text.Contains(password, StringComparison.Ordinal), $"the password is in {place}");
            Assert.False(text.Contains(token, StringComparison.Ordinal), $"the link's token is in {place}");
        }
    }

    [Fact]
    public async Task The_scan_would_find_what_it_looks_for()
    {
        using var log = new CapturedLog();
        await using var bot = await BotHost.StartAsync(log.Listen);
        await bot.AliceAsksForAnUnlockAsync();
        await bot.Person("omar").Denies("a-word-to-be-found");

        var found = (await EverythingAsync(bot, log)).Where(p => p.Text.Contains("a-word-to-be-found", StringComparison.Ordinal)).Select(p => p.Place);

        Assert.Equal(["database", "audit export", "replies to alice"], found.Where(p => p is "database" or "audit export" or "replies to alice"));
        Assert.NotEmpty(log.Lines);
    }

    [Fact]
    public async Task A_link_opens_once_for_its_owner_and_never_for_anybody_else()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.AliceAsksForAPasswordAsync();
        await bot.Person("omar").Approves();
        var token = await bot.Person("alice").LinkAsync();

        foreach (var name in new[] { "eve", "omar", "sam", "ruth" })
            Assert.Equal(ProblemCode.SecretNotYours, (await bot.Person(name).OpensLink(token)).Problem!.Code);
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bot.Person("alice").OpensLink(token)));

        Assert.Single(opened, o => !o.Failed);
        Assert.All(opened.Where(o => o.Failed), o => Assert.Equal(ProblemCode.SecretGone, o.Problem!.Code));
        Assert.Equal(4, (await bot.AuditedAsync()).Count(a => a == "secret.refused"));
        Assert.Equal(1, (await bot.AuditedAsync()).Count(a => a == "secret.read"));
    }

    [Fact]
    public async Task An_unread_link_is_gone_after_its_time()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.AliceAsksForAPasswordAsync();
        await bot.Person("omar").Approves();
        var token = await bot.Person("alice").LinkAsync();

        bot.Time.Advance(SecretLinks.Lifetime);
        Assert.Equal(ProblemCode.SecretGone, (await bot.Person("alice").OpensLink(token)).Problem!.Code);
        await bot.TimePassesAsync(TimeSpan.FromMinutes(1));

        Assert.Contains("secret.expired", await bot.AuditedAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => bot.TamperAsync("UPDATE secrets SET expires_at = expires_at"));
    }

    [Fact]
    public void A_secret_prints_as_stars_and_has_no_json_form()
    {
        var secret = new Secret<string>("hunter2");

        Assert.Equal("***", secret.ToString());
        Assert.Equal("***", $"{secret}");
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(new Reply("x") { Link = new("open", secret, default) }), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", new SecretLink("open", secret, default).ToString(), StringComparison.Ordinal);
    }

    private static async Task<List<(string Place, string Text)>> EverythingAsync(BotHost bot, CapturedLog log)
    {
        using var export = new MemoryStream();
        await AuditExport.WriteJsonLinesAsync(bot.Services.GetRequiredService<IAuditLog>(), export, CancellationToken.None);
        using var table = new MemoryStream();
        await AuditExport.WriteCsvAsync(bot.Services.GetRequiredService<IAuditLog>(), table, CancellationToken.None);
        var places = new List<(string, string)>
        {
            ("database", await bot.AllBytesAsync()),
            ("log", log.Text),
            ("audit export", Encoding.UTF8.GetString(export.ToArray())),
            ("audit table", Encoding.UTF8.GetString(table.ToArray())),
        };
        foreach (var name in new[] { "alice", "omar", "sam", "eve" })
        {
            var replies = await bot.Person(name).RepliesAsync();
            places.Add(($"replies to {name}", string.Join('\n', replies.Select(r => r.Text))));
            places.Add(($"reply records of {name}", string.Join('\n', replies.Select(r => r.ToString())) + JsonSerializer.Serialize(replies)));
        }

        return places;
    }
}
