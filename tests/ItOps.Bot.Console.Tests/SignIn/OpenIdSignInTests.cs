using System.Net;
using ItOps.Bot.Console.SignIn.OpenId;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.Testing;
using ItOps.Bot.Testing.OpenId;

namespace ItOps.Bot.Console.Tests.SignIn;

/// <summary>The organisation's own sign-in, against a provider that insists on every rule, and against those who would get in without it.</summary>
public sealed class OpenIdSignInTests : IAsyncLifetime
{
    private FakeIdentityProvider _provider = null!;
    private ConsoleHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort.Next();
        _provider = await FakeIdentityProvider.StartAsync();
        var options = new OpenIdOptions(_provider.Authority, FakeIdentityProvider.ClientId, FakeIdentityProvider.ClientSecret, "oid", new Uri($"http://127.0.0.1:{port}/"))
        {
            ApiAudience = FakeIdentityProvider.ApiAudience,
        };
        _provider.RedirectUri = options.Callback.AbsoluteUri;
        _host = await ConsoleHost.StartAsync(new ConsoleOptions(SandboxSignIn: false) { OpenId = options }, port: port);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_the_provider_vouches_for_is_signed_in_and_lands_where_they_wanted_to_go()
    {
        using var omar = _host.Open();
        var turnedAway = await omar.Client.GetAsync("/approvals", TestContext.Current.CancellationToken);
        Assert.Equal("/sign-in?to=%2Fapprovals", turnedAway.Headers.Location!.OriginalString);

        var page = await SignInAsync(omar, "P-omar", "/approvals");

        Assert.Equal("0;url=/approvals", Assert.Single(page.Headers.GetValues("Refresh")));
        Assert.Contains("Omar Test", await omar.OpenAsync("/approvals"));
        Assert.Contains(_host.Memory.Audit, r => r.Entry is { Action: "console.signed-in", Actor: "P-omar" });
    }

    [Fact]
    public async Task After_signing_out_nothing_is_shown()
    {
        using var omar = _host.Open();
        await SignInAsync(omar, "P-omar");
        await omar.OpenAsync("/approvals");

        await omar.SendAsync("/sign-out");

        Assert.Equal(HttpStatusCode.SeeOther, (await omar.Client.GetAsync("/approvals", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData(ProviderFault.OtherNonce)]
    [InlineData(ProviderFault.OtherIssuer)]
    [InlineData(ProviderFault.OtherAudience)]
    [InlineData(ProviderFault.ManyAudiences)]
    [InlineData(ProviderFault.NoSignature)]
    [InlineData(ProviderFault.SharedSecret)]
    [InlineData(ProviderFault.ForeignKey)]
    [InlineData(ProviderFault.RunOut)]
    [InlineData(ProviderFault.NoPerson)]
    public async Task A_token_that_is_not_exactly_the_one_for_this_sign_in_lets_nobody_in(ProviderFault fault)
    {
        using var omar = _host.Open();
        _provider.Fault = fault;

        var page = await SignInAsync(omar, "P-omar");

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await omar.Client.GetAsync("/approvals", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains(_host.Memory.Audit, r => r.Entry.Action == "console.refused");
    }

    [Fact]
    public async Task Somebody_whom_the_directory_does_not_know_is_told_so()
    {
        using var stranger = _host.Open();

        var page = await SignInAsync(stranger, "P-nobody");

        Assert.Contains("know you here", await stranger.ReadAsync(page));
    }

    [Fact]
    public async Task An_answer_is_good_once_and_only_in_the_browser_that_asked()
    {
        using var omar = _host.Open();
        using var other = _host.Open();
        var answer = await AnswerAsync(omar, "P-omar", "/chat");

        Assert.Equal(HttpStatusCode.BadRequest, (await other.Client.GetAsync(answer, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await omar.Client.GetAsync(answer, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await omar.Client.GetAsync(answer, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(1, _provider.TokensAsked);
    }

    [Fact]
    public async Task Nobody_is_signed_in_as_somebody_else_by_a_link_with_a_strange_answer()
    {
        using var eve = _host.Open();
        using var omar = _host.Open();
        var hers = await AnswerAsync(eve, "P-eve", "/chat");
        await AnswerAsync(omar, "P-omar", "/chat");

        var page = await omar.Client.GetAsync(hers, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await omar.Client.GetAsync("/chat", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task An_answer_of_another_issuer_is_not_redeemed()
    {
        using var omar = _host.Open();
        var answer = await AnswerAsync(omar, "P-omar", "/chat");

        var page = await omar.Client.GetAsync(answer.Replace("iss=http", "iss=https", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Equal(0, _provider.TokensAsked);
    }

    [Fact]
    public async Task A_cancelled_sign_in_ends_in_calm_words()
    {
        using var omar = _host.Open();
        var answer = await AnswerAsync(omar, "P-omar", "/chat");
        var state = answer.Split("state=")[1].Split('&')[0];

        var page = await omar.OpenAsync($"{OpenIdOptions.CallbackPath}?error=access_denied&error_description=%3Cscript%3E&state={state}");

        Assert.Contains("You are not signed in", page);
        Assert.DoesNotContain("script>", page.Split("<main")[1].Split("</main>")[0]);
    }

    [Theory]
    [InlineData(ProviderFault.Away)]
    [InlineData(ProviderFault.Garbage)]
    public async Task A_provider_that_does_not_answer_ends_in_calm_words(ProviderFault fault)
    {
        using var omar = _host.Open();
        _provider.Fault = fault;

        var page = await SignInAsync(omar, "P-omar");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("Sign-in does not answer right now", await omar.ReadAsync(page));
    }

    [Fact]
    public async Task A_new_key_is_looked_up_once_and_invented_ones_ask_the_provider_for_nothing()
    {
        using var omar = _host.Open();
        await SignInAsync(omar, "P-omar");
        _provider.RotateKey();
        using var again = _host.Open();
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(again, "P-omar")).StatusCode);
        var read = _provider.KeysRead;

        for (var i = 0; i < 5; i++)
        {
            _provider.RotateKey();
            using var late = _host.Open();
            await SignInAsync(late, "P-omar");
        }

        Assert.Equal(read, _provider.KeysRead);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    public async Task Nobody_is_sent_elsewhere_afterwards(string to)
    {
        using var omar = _host.Open();

        var page = await SignInAsync(omar, "P-omar", to);

        Assert.Equal("0;url=/chat", Assert.Single(page.Headers.GetValues("Refresh")));
    }

    private async Task<HttpResponseMessage> SignInAsync(Browser browser, string person, string to = "/chat") =>
        await StartAsync(browser, person, to) is { StatusCode: HttpStatusCode.Redirect } sent
            ? await browser.Client.GetAsync(await AnswerAsync(browser, sent), TestContext.Current.CancellationToken)
            : await browser.Client.GetAsync("/sign-in/start", TestContext.Current.CancellationToken);

    /// <summary>The address that the provider sends the browser back to.</summary>
    private async Task<string> AnswerAsync(Browser browser, string person, string to) => await AnswerAsync(browser, await StartAsync(browser, person, to));

    private async Task<HttpResponseMessage> StartAsync(Browser browser, string person, string to)
    {
        _provider.Person = person;
        return await browser.Client.GetAsync("/sign-in/start?to=" + Uri.EscapeDataString(to), TestContext.Current.CancellationToken);
    }

    private static async Task<string> AnswerAsync(Browser browser, HttpResponseMessage sent)
    {
        var answer = await browser.Client.GetAsync(sent.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }
}
