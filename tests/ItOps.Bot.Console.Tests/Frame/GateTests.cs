using System.Net;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.Tests.Frame;

public sealed class GateTests
{
    [Theory]
    [InlineData("/sign-out")]
    [InlineData("/chat")]
    [InlineData("/approvals")]
    [InlineData("/requests/1")]
    [InlineData("/audit")]
    [InlineData("/secrets/abc")]
    [InlineData("/sandbox/sign-in")]
    [InlineData("/sign-in")]
    public async Task A_form_from_another_page_is_refused(string path)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var omar = await host.SignInAsync("omar");

        var response = await omar.Client.PostAsync(
            path, new FormUrlEncodedContent([KeyValuePair.Create("message", "hi"), KeyValuePair.Create("person", "sam")]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(host.Memory.Turns);
    }

    [Fact]
    public async Task A_form_of_the_person_who_was_signed_in_before_is_refused()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var browser = await host.SignInAsync("alice");
        var page = await browser.OpenAsync("/chat");
        var stale = Browser.ValueOf(page, "__RequestVerificationToken");
        await browser.SignInAsync("omar");

        var response = await browser.Client.PostAsync(
            "/chat",
            new FormUrlEncodedContent([KeyValuePair.Create("message", "hi"), KeyValuePair.Create("__RequestVerificationToken", stale)]),
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(host.Memory.Turns);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/chat")]
    [InlineData("/audit")]
    [InlineData("/requests/nothing")]
    public async Task Every_page_forbids_foreign_and_inline_content_and_is_kept_nowhere(string path)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var omar = await host.SignInAsync("omar");

        var response = await omar.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotContain(" style=", html);
        Assert.DoesNotContain("<style", html);
        Assert.DoesNotMatch("<script(?![^>]* src=)", html);
        Assert.DoesNotMatch(" on[a-z]+=\"", html);
    }

    [Fact]
    public async Task An_error_shows_calm_words_and_nothing_of_itself()
    {
        await using var host = await ConsoleHost.StartAsync(also: s => s.AddSingleton<ITranscript, Broken>());
        using var browser = host.Open();
        await browser.OpenAsync("/sign-in");
        await browser.SendAsync("/sign-in", ("person", "alice"));

        var response = await browser.Client.GetAsync("/chat", TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("Something went wrong on our side", html);
        Assert.DoesNotContain("hunter2", html);
        Assert.DoesNotContain("Exception", html);
    }

    [Fact]
    public async Task The_files_of_a_page_are_found_and_kept_for_ever()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var browser = host.Open();
        var page = await browser.OpenAsync("/sign-in");

        var addresses = System.Text.RegularExpressions.Regex.Matches(page, "(?:href|src)=\"(/console/assets/[^\"]+)\"").Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(3, addresses.Count);
        foreach (var address in addresses)
        {
            var response = await browser.Client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("immutable", response.Headers.CacheControl?.ToString());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.Client.GetAsync("/console/assets/0000/app.css", TestContext.Current.CancellationToken)).StatusCode);
    }

    private sealed class Broken : ITranscript
    {
        public Task PostAsync(TranscriptMessage message, CancellationToken cancellationToken) => throw new InvalidOperationException("hunter2");

        public Task UpdateAsync(ConversationId conversation, string messageId, Replies.Reply reply, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("hunter2");

        public Task<IReadOnlyList<TranscriptMessage>> ReadAsync(ConversationId conversation, int take, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("hunter2");
    }
}
