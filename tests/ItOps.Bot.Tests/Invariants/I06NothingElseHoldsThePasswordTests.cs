using System.Text;
using System.Text.Json;
using ItOps.Bot.Auditing;
using ItOps.Bot.Conversations;
using ItOps.Bot.Testing.Mail;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I6, over the whole of a reset with every channel connected: the password stands on the one page that shows it, and nowhere else that anybody keeps or carries.</summary>
public sealed class I06NothingElseHoldsThePasswordTests
{
    [Fact]
    public async Task Of_a_reset_told_everywhere_nothing_but_one_page_holds_the_password()
    {
        using var log = new CapturedLog();
        await using var mail = FakeSmtp.Plain();
        await using var bot = await ConnectedBot.StartAsync(log.Listen, new(MailedReportStories.Settings(mail)) { ["Logging:LogLevel:Default"] = "Trace" });
        var (alice, omar, mona) = (bot.InSlack("alice"), await bot.InTeamsAsync("omar"), await bot.InTeamsAsync("mona"));
        await alice.Says("reset my password");
        await alice.Taps("alice in Cloud");
        await alice.Taps("Ask Mona");
        await bot.InConsole("mona").Approves();
        await omar.SeesApproval("Reset the password");
        var whileRunning = await EverythingAsync(bot, log, mail);
        await omar.Approves();
        await bot.SettleAsync();
        var link = new Uri(alice.Messages.SelectMany(m => m.Buttons).Single(b => b.Url is not null).Url!).AbsolutePath;
        using var browser = new StrangerBrowser(bot.Bot.Url);
        var pages = new List<string>();
        await browser.Asks(link);
        pages.Add(browser.Page);
        await bot.SettleAsync();
        var whileWaiting = await EverythingAsync(bot, log, mail);
        await alice.Taps("Yes, show it");
        await browser.Opens(link);
        pages.Add(browser.Page);
        var whileConfirmed = await EverythingAsync(bot, log, mail);
        await browser.Presses(link, "show");
        var password = browser.Password!;
        await browser.Opens(link);
        pages.Add(browser.Page);
        await mona.SeesCard("Reset the password");
        await bot.Bot.TimePassesAsync(TimeSpan.FromMinutes(20));
        var afterwards = await EverythingAsync(bot, log, mail);

        Assert.True(password.Length >= 16);
        foreach (var (place, text) in whileRunning.Concat(whileWaiting).Concat(whileConfirmed).Concat(afterwards).Concat(pages.Select((p, i) => ($"page {i + 1}", p))))
        {
            foreach (var (form, written) in Forms(password))
                Assert.False(text.Contains(written, StringComparison.Ordinal), $"the password, {form}, is in {place}");
        }

        // What is searched is really there: each place holds something of the same reset.
        foreach (var (place, sign) in new[] { ("database", "alice in Cloud"), ("log", "Running IT-"), ("audit export", "P1001"), ("Slack's calls", "alice in Cloud"), ("Teams' bodies", "alice in Cloud"), ("mails", "MIME-Version"), ("metrics", "account.reset-password"), ("console pages", "alice in Cloud") })
            Assert.True(afterwards.Exists(e => e.Place == place && e.Text.Contains(sign, StringComparison.Ordinal)), $"{place} holds nothing of the reset");
    }

    private static IEnumerable<(string Form, string Written)> Forms(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        yield return ("as it is", password);
        yield return ("in JSON", JsonSerializer.Serialize(password).Trim('"'));
        yield return ("in a page", System.Net.WebUtility.HtmlEncode(password));
        yield return ("in an address", Uri.EscapeDataString(password));
        yield return ("in hexadecimal", Convert.ToHexStringLower(bytes));
        yield return ("in UTF-16", Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(password)));
        for (var shift = 0; shift < 3; shift++)
        {
            // The same bytes read differently in Base64 at each place within three; what depends on the neighbours is cut off.
            var shifted = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            yield return ($"in Base64, at {shift}", shifted[(shift == 0 ? 0 : 4)..^4]);
        }
    }

    private static async Task<List<(string Place, string Text)>> EverythingAsync(ConnectedBot bot, CapturedLog log, FakeSmtp mail)
    {
        using var export = new MemoryStream();
        await AuditExport.WriteJsonLinesAsync(bot.Bot.Services.GetRequiredService<IAuditLog>(), export, CancellationToken.None);
        var places = new List<(string, string)>
        {
            ("database", await bot.Bot.AllBytesAsync()),
            ("log", log.Text),
            ("audit export", Encoding.UTF8.GetString(export.ToArray())),
            ("Slack's calls", string.Join('\n', bot.Slack.Calls.Select(c => $"{c.Method} {c.Arguments.GetRawText()}"))),
            ("Teams' bodies", string.Join('\n', bot.Teams.Received)),
            ("mails", string.Join('\n', mail.Mails.Select(m => m.Text))),
        };
        foreach (var name in new[] { "alice", "omar", "mona", "sam" })
        {
            var said = await bot.Bot.Services.GetRequiredService<ITranscript>().ReadAsync(new("console", name), 1000, CancellationToken.None);
            places.Add(($"what the console said to {name}", JsonSerializer.Serialize(said)));
        }

        using var auditor = new StrangerBrowser(bot.Bot.Url);
        places.Add(("metrics", await auditor.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))));
        await auditor.Opens("/sign-in");
        await auditor.SignsInAsync("ruth");
        var console = new StringBuilder();
        foreach (var page in new[] { "/requests", "/audit", $"/requests/{(await bot.Bot.LastRequestAsync()).Id}", "/console/audit/export.csv", "/approvals" })
            console.Append(await auditor.Client.GetStringAsync(new Uri(page, UriKind.Relative)));
        places.Add(("console pages", console.ToString()));
        return places;
    }
}
