using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Mail;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Who lost the account hears of it by mail as well, and can have it blocked from there.</summary>
public sealed partial class MailedReportStories
{
    [Fact]
    public async Task Owner_and_manager_get_a_mail_whose_link_blocks_by_its_button_alone()
    {
        await using var mail = FakeSmtp.Plain();
        await using var bot = await ResetAsync(mail);
        var (alice, mona) = (MailTo(mail, "alice@example.com"), MailTo(mail, "mona@example.com"));
        Assert.Equal(("Reset the password of alice in Cloud", "Reset the password of alice in Cloud"), (alice.Subject, mona.Subject));
        Assert.Contains("Alice Arden asked for it and Omar Haddad approved it.", alice.TextBody);
        Assert.Contains("This wasn't me:", alice.TextBody);
        Assert.Contains("This looks wrong:", mona.TextBody);
        Assert.DoesNotContain(mail.Mails, m => m.Text.Contains("/secrets/", StringComparison.Ordinal));
        using var reader = new StrangerBrowser(bot.Bot.Url);

        for (var i = 0; i < 5; i++)
            await reader.Opens(LinkIn(alice));
        Assert.Contains("Reset the password of alice in Cloud", reader.Page);
        Assert.True((await bot.Sandbox.AccountAsync("alice", "cloud")).IsEnabled);
        await reader.Presses(LinkIn(alice));
        await bot.SettleAsync();

        Assert.Contains("the security team knows", reader.Page);
        Assert.False((await bot.Sandbox.AccountAsync("alice", "cloud")).IsEnabled);
        var report = Assert.Single(await bot.Bot.AuditAsync("report.pressed"));
        Assert.Contains("by a link mailed to them", (await bot.Bot.RequestAsync(report.RequestId!)).Assurance);
        Assert.Equal(1, await bot.InConsole("sam").TimesSeen("The account is blocked until somebody at IT lifts it."));
        Assert.Equal(2, mail.Mails.Count(m => m.To.Contains("alice@example.com")));
        Assert.Contains(mail.Mails, m => m.To.Contains("alice@example.com") && Read(m).TextBody!.Contains("calls you back on a number from the directory", StringComparison.Ordinal));
        await reader.Opens(LinkIn(alice));
        Assert.Equal(HttpStatusCode.NotFound, reader.Status);
        await reader.Opens(LinkIn(mona));
        Assert.Equal(HttpStatusCode.NotFound, reader.Status);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("block", "alice", "cloud"));
    }

    [Fact]
    public async Task A_link_pressed_twice_at_once_reports_once_and_a_wrong_one_nothing()
    {
        await using var mail = FakeSmtp.Plain();
        await using var bot = await ResetAsync(mail);
        var link = LinkIn(MailTo(mail, "alice@example.com"));
        var (approval, token) = (link.Split('/')[2], link.Split('/')[3]);
        using var guesser = new StrangerBrowser(bot.Bot.Url);
        await guesser.Opens("/reports/x/y");
        await guesser.Opens(link);
        foreach (var wrong in new[] { $"/reports/{approval}/{new string('0', 64)}", $"/reports/{approval}/{token[..63]}", $"/reports/{token}/{token}", $"/reports/{approval}/x" })
        {
            await guesser.Presses(wrong);
            Assert.Equal(HttpStatusCode.NotFound, guesser.Status);
        }

        Assert.True((await bot.Sandbox.AccountAsync("alice", "cloud")).IsEnabled);
        var fingers = Enumerable.Range(0, 5).Select(_ => new StrangerBrowser(bot.Bot.Url)).ToList();
        await Task.WhenAll(fingers.Select(async f =>
        {
            await f.Opens(link);
            await f.Presses(link);
        }));
        await bot.SettleAsync();

        Assert.Single(await bot.Bot.AuditAsync("report.pressed"));
        Assert.Equal(1, await bot.Sandbox.TimesAsync("block", "alice", "cloud"));
        fingers.ForEach(f => f.Dispose());
    }

    [Fact]
    public async Task A_mailed_link_is_over_after_seven_days()
    {
        await using var mail = FakeSmtp.Plain();
        await using var bot = await ResetAsync(mail);
        var link = LinkIn(MailTo(mail, "alice@example.com"));
        using var reader = new StrangerBrowser(bot.Bot.Url);
        await reader.Opens(link);

        bot.Bot.Time.Advance(TimeSpan.FromDays(7));
        await reader.Presses(link);
        await bot.SettleAsync();

        Assert.True((await bot.Sandbox.AccountAsync("alice", "cloud")).IsEnabled);
        Assert.Empty(await bot.Bot.AuditAsync("report.pressed"));
    }

    [Fact]
    public async Task Whoever_comes_by_a_mailed_link_can_press_that_and_nothing_else()
    {
        await using var mail = FakeSmtp.Plain();
        await using var bot = await ResetAsync(mail);
        var bob = bot.InConsole("bob");
        await bob.Says("reset my password");
        await bob.Taps("bob in Cloud");
        await bob.IsVouchedFor();
        var open = Assert.Single(await bot.Bot.PendingApprovalsAsync());
        var omar = (await bot.InConsole("omar").PrincipalAsync()) with { Assurance = new(AssuranceMethod.MailedLink, bot.Bot.Time.GetUtcNow()) };

        var decided = await bot.Bot.Services.GetRequiredService<ApprovalService>().DecideAsync(omar, open.Id, Verdict.Approve, null, TestContext.Current.CancellationToken);

        Assert.Equal((DecidedKind.Refused, ProblemCode.WeakIdentity), (decided.Kind, decided.Problem?.Code));
    }

    [Fact]
    public async Task A_mail_server_that_is_away_holds_nothing_up_and_the_mail_goes_later()
    {
        await using var mail = FakeSmtp.Plain();
        mail.Answers["MAIL"] = "421 4.3.2 closing down";
        await using var bot = await ResetAsync(mail);

        Assert.Equal(RequestStatus.Succeeded, Assert.Single(await bot.InConsole("alice").RequestsAsync()).Status);
        Assert.Single(await bot.InConsole("alice").RepliesAsync(), r => r.Card?.Buttons.Any(b => b.Action == CardAction.NotMe) == true);
        await bot.Bot.TimePassesAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, mail.Mails.Count);
        Assert.Equal(2, mail.Mails.Select(m => Read(m).MessageId).Distinct().Count());
    }

    internal static Dictionary<string, string> Settings(FakeSmtp mail) => new()
    {
        ["Channels:Mail:Enabled"] = "true",
        ["Channels:Mail:Host"] = "127.0.0.1",
        ["Channels:Mail:Port"] = $"{mail.Port}",
        ["Channels:Mail:Security"] = "none",
        ["Channels:Mail:From"] = "IT <it-bot@example.com>",
    };

    private static async Task<ConnectedBot> ResetAsync(FakeSmtp mail)
    {
        var bot = await ConnectedBot.StartAsync(more: Settings(mail));
        var alice = bot.InConsole("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Cloud");
        await alice.IsVouchedFor();
        await bot.InConsole("omar").Approves();
        await bot.SettleAsync();
        return bot;
    }

    private static MimeMessage MailTo(FakeSmtp mail, string address) => Read(mail.Mails.First(m => m.To.Contains(address)));

    private static MimeMessage Read(ReceivedMail mail)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(mail.Text));
        return MimeMessage.Load(bytes);
    }

    private static string LinkIn(MimeMessage mail) => ReportLink().Match(mail.TextBody!).Value;

    [GeneratedRegex("/reports/[0-9a-f]{32}/[0-9a-f]{64}")]
    private static partial Regex ReportLink();
}
