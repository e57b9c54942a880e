using System.Net;
using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Who lost a password cannot sign in to a page: the link's page shows a number, and its owner says in their own conversation that it is theirs.</summary>
public sealed class PickupStories
{
    [Fact]
    public async Task In_Slack_the_owner_compares_the_number_and_the_page_shows_the_password_once()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Cloud");
        await alice.Taps("Ask Mona");
        await bot.InConsole("mona").Approves();
        await bot.InConsole("omar").Approves();
        var link = new Uri(alice.Messages.SelectMany(m => m.Buttons).Single(b => b.Url is not null).Url!).AbsolutePath;
        using var browser = new StrangerBrowser(bot.Bot.Url);

        await browser.Asks(link);
        await bot.SettleAsync();
        Assert.Contains(alice.Messages, m => m.Shown.Contains($"Is the number on the page {browser.Number}?", StringComparison.Ordinal));
        await alice.Taps("Yes, show it");
        await browser.Opens(link);
        Assert.Null(browser.Password);
        Assert.Contains("Thank you, it’s you", browser.Page);
        await browser.Presses(link, "show");

        Assert.Equal(PracticeOutcome.MustChangePassword, await bot.Sandbox.SignsInAsync("alice", new(browser.Password!), "cloud"));
        await browser.Presses(link, "show");
        Assert.Equal((null, HttpStatusCode.NotFound), (browser.Password, browser.Status));
        Assert.DoesNotContain(alice.Messages, m => m.Buttons.Any(b => b.Label == "Yes, show it"));
        Assert.Single(await bot.Bot.AuditAsync("secret.read"));
    }

    [Fact]
    public async Task In_Teams_a_link_that_somebody_else_opened_is_voided_and_security_hears_it()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = await bot.InTeamsAsync("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Cloud");
        await alice.Taps("Ask Mona");
        await bot.InConsole("mona").Approves();
        await bot.InConsole("omar").Approves();
        var link = "/secrets/" + await LinkOfAsync(bot);
        using var thief = new StrangerBrowser(bot.Bot.Url);
        await thief.Asks(link);
        await bot.SettleAsync();
        Assert.Contains("Somebody opened your one-time link", (await alice.SeesCard("Somebody opened")).Text);

        await alice.Taps("That wasn't me");

        await thief.Presses(link, "show");
        Assert.Equal((null, HttpStatusCode.NotFound), (thief.Password, thief.Status));
        Assert.Equal(1, await bot.InConsole("sam").TimesSeen("somebody else opened their one-time link. The link is void"));
        Assert.Contains("It wasn't you; the link is void", (await alice.SeesCard("Somebody opened")).Text);
        using var owner = new StrangerBrowser(bot.Bot.Url);
        await owner.Opens(link);
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
    }

    [Fact]
    public async Task Looking_at_a_link_asks_nobody_burns_nothing_and_says_nothing()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, link) = await ResetAsync(bot);
        using var preview = new StrangerBrowser(bot.Bot.Url);

        for (var i = 0; i < 10; i++)
            await preview.Opens(link);
        using var head = await preview.Client.SendAsync(new(HttpMethod.Head, link), TestContext.Current.CancellationToken);
        await bot.SettleAsync();

        Assert.Contains("Is this link for you?", preview.Page);
        Assert.DoesNotContain("alice", preview.Page, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await bot.Bot.AuditAsync("secret.opened"));
        Assert.DoesNotContain(await alice.CardsAsync(), c => c.Buttons.Any(b => b.Action == CardAction.ShowIt));
        Assert.False((await alice.OpensLink()).Failed);
    }

    [Fact]
    public async Task A_stolen_link_shows_nothing_without_the_owners_press()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (_, link) = await ResetAsync(bot);
        using var thief = new StrangerBrowser(bot.Bot.Url);

        await thief.Asks(link);
        for (var i = 0; i < 10; i++)
        {
            await thief.Presses(link, "show");
            Assert.Null(thief.Password);
            Assert.Contains("Not confirmed yet", thief.Page);
        }

        Assert.Empty(await bot.Bot.AuditAsync("secret.read"));
    }

    [Fact]
    public async Task Of_two_browsers_only_the_one_with_the_confirmed_number_is_shown_it()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, link) = await ResetAsync(bot);
        using var thief = new StrangerBrowser(bot.Bot.Url);
        using var own = new StrangerBrowser(bot.Bot.Url);
        await thief.Asks(link);
        await own.Asks(link);
        await bot.SettleAsync();
        Assert.NotEqual(thief.Number, own.Number);

        await alice.Presses(await QuestionAsync(alice, own.Number), Verdict.ShowIt);

        await thief.Presses(link, "show");
        Assert.Null(thief.Password);
        await own.Presses(link, "show");
        Assert.NotNull(own.Password);
        await thief.Presses(link, "show");
        Assert.Equal((null, HttpStatusCode.NotFound), (thief.Password, thief.Status));
    }

    [Fact]
    public async Task A_form_sent_again_is_the_same_question_and_shows_nothing_twice()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, link) = await ResetAsync(bot);
        using var browser = new StrangerBrowser(bot.Bot.Url);
        await browser.Asks(link);
        var number = browser.Number;

        for (var i = 0; i < 10; i++)
            await browser.Presses(link, "start");
        await bot.SettleAsync();
        Assert.Equal(number, browser.Number);
        Assert.Single(await bot.Bot.AuditAsync("secret.opened"));
        await alice.Presses(await QuestionAsync(alice, number), Verdict.ShowIt);
        var form = await FormOfAsync(browser, link);
        var forms = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await browser.Client.PostAsync(new Uri(link, UriKind.Relative), new FormUrlEncodedContent([new("step", "show"), new("__RequestVerificationToken", form)]), TestContext.Current.CancellationToken);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }));

        Assert.Single(forms, f => f.Contains("id=\"secret\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_else_can_confirm_and_trying_it_is_recorded()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, link) = await ResetAsync(bot);
        using var browser = new StrangerBrowser(bot.Bot.Url);
        await browser.Asks(link);
        await bot.SettleAsync();
        var question = await QuestionAsync(alice, browser.Number);

        foreach (var name in new[] { "eve", "omar", "sam", "mona" })
        {
            foreach (var verdict in new[] { Verdict.ShowIt, Verdict.NotMe })
                Assert.Equal(ProblemCode.SecretNotYours, (await bot.InConsole(name).Presses(question, verdict)).Problem?.Code);
        }

        await browser.Presses(link, "show");
        Assert.Null(browser.Password);
        Assert.Equal(8, (await bot.Bot.AuditAsync("secret.refused")).Count);
        Assert.False((await alice.OpensLink()).Failed);
    }

    [Fact]
    public async Task Of_many_presses_at_once_one_counts_and_a_no_is_never_lost()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, link) = await ResetAsync(bot);
        using var browser = new StrangerBrowser(bot.Bot.Url);
        await browser.Asks(link);
        await bot.SettleAsync();
        var question = await QuestionAsync(alice, browser.Number);

        var yes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => alice.PressesWithoutWaiting(question, Verdict.ShowIt)));
        var both = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => alice.PressesWithoutWaiting(question, i % 2 == 0 ? Verdict.NotMe : Verdict.ShowIt)));
        await bot.SettleAsync();

        Assert.Single(yes, d => d.Kind == DecidedKind.Counted);
        Assert.Single(both, d => d.Kind == DecidedKind.Reported);
        Assert.DoesNotContain(both, d => d.Kind == DecidedKind.Counted);
        await browser.Presses(link, "show");
        Assert.Equal((null, HttpStatusCode.NotFound), (browser.Password, browser.Status));
        Assert.Single(await bot.Bot.AuditAsync("secret.denied"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_three_minutes_the_browser_must_ask_again(bool confirmed)
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, link) = await ResetAsync(bot);
        using var browser = new StrangerBrowser(bot.Bot.Url);
        await browser.Asks(link);
        await bot.SettleAsync();
        var question = await QuestionAsync(alice, browser.Number);
        if (confirmed)
            await alice.Presses(question, Verdict.ShowIt);

        await bot.Bot.TimePassesAsync(Pickups.Patience);

        Assert.Equal(DecidedKind.AlreadyDecided, (await alice.Presses(question, Verdict.ShowIt)).Kind);
        await browser.Presses(link, "show");
        Assert.Null(browser.Password);
        Assert.Contains("That took too long", browser.Page);
        Assert.DoesNotContain(await alice.CardsAsync(), c => c.ApprovalId == question);
        await browser.Presses(link, "start");
        await bot.SettleAsync();
        await alice.Presses(await QuestionAsync(alice, browser.Number), Verdict.ShowIt);
        await browser.Presses(link, "show");
        Assert.NotNull(browser.Password);
    }

    [Fact]
    public async Task After_fifteen_minutes_in_all_nothing_is_shown_however_far_it_came()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (alice, link) = await ResetAsync(bot);
        using var browser = new StrangerBrowser(bot.Bot.Url);
        await bot.Bot.TimePassesAsync(TimeSpan.FromMinutes(14));
        await browser.Asks(link);
        await bot.SettleAsync();
        await alice.Presses(await QuestionAsync(alice, browser.Number), Verdict.ShowIt);

        bot.Bot.Time.Advance(TimeSpan.FromMinutes(1));
        await browser.Presses(link, "show");

        Assert.Equal((null, HttpStatusCode.NotFound), (browser.Password, browser.Status));
    }

    [Fact]
    public async Task Five_browsers_may_ask_with_one_link_even_at_once()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (_, link) = await ResetAsync(bot);
        var browsers = Enumerable.Range(0, 9).Select(_ => new StrangerBrowser(bot.Bot.Url)).ToList();

        await Task.WhenAll(browsers.Select(b => b.Asks(link)));

        Assert.Equal(Pickups.Limit, browsers.Count(b => b.Status == HttpStatusCode.OK));
        Assert.All(browsers.Where(b => b.Status != HttpStatusCode.OK), b => Assert.Equal(HttpStatusCode.TooManyRequests, b.Status));
        Assert.Equal(Pickups.Limit, browsers.Where(b => b.Status == HttpStatusCode.OK).Select(b => b.Number).Distinct().Count());
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task The_cookie_of_the_browser_is_strict_hidden_from_scripts_and_only_for_this_link()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (_, link) = await ResetAsync(bot);
        using var browser = new StrangerBrowser(bot.Bot.Url);
        await browser.Opens(link);
        using var plain = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = bot.Bot.Url };
        using var page = await plain.GetAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var press = new HttpRequestMessage(HttpMethod.Post, link) { Content = new FormUrlEncodedContent([new("step", "start"), new("__RequestVerificationToken", html.Split("__RequestVerificationToken\" value=\"")[1].Split('"')[0])]) };
        press.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

        using var started = await plain.SendAsync(press, TestContext.Current.CancellationToken);

        var cookie = Assert.Single(started.Headers.GetValues("Set-Cookie"), c => c.StartsWith("it-pickup=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=" + link, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.SeeOther, started.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await plain.PostAsync(new Uri(link, UriKind.Relative), new FormUrlEncodedContent([new("step", "start")]), TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<(StoryPerson Alice, string Link)> ResetAsync(ConnectedBot bot)
    {
        var alice = bot.InConsole("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Cloud");
        await alice.IsVouchedFor();
        await bot.InConsole("omar").Approves();
        return (alice, "/secrets/" + await alice.LinkAsync());
    }

    private static async Task<string> QuestionAsync(StoryPerson person, string number) =>
        Assert.Single(await person.CardsAsync(), c => c.ApprovalId is not null && c.Facts.Any(f => f.Value == number)).ApprovalId!;

    private static async Task<string> FormOfAsync(StrangerBrowser browser, string link)
    {
        var html = await browser.Client.GetStringAsync(new Uri(link, UriKind.Relative), TestContext.Current.CancellationToken);
        return html.Split("__RequestVerificationToken\" value=\"") is [_, var rest, ..] ? rest.Split('"')[0] : "";
    }

    private static async Task<string> LinkOfAsync(ConnectedBot bot)
    {
        var alice = await bot.InTeamsAsync("alice");
        var url = alice.Chat.Posted.Select(p => p.Card?.Json.ToJsonString() ?? "").Select(j => System.Text.RegularExpressions.Regex.Match(j, "/secrets/([0-9a-f]{64})")).Last(m => m.Success);
        return url.Groups[1].Value;
    }
}
