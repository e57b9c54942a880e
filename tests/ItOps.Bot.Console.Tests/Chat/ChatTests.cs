using System.Net;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.Tests.Chat;

public sealed class ChatTests
{
    private static readonly ConversationId Alices = new("console", "alice");

    private static IChannel ChannelOf(ConsoleHost host) => host.Services.GetRequiredService<IChannel>();

    private static Task<MessageReference> SayToAliceAsync(ConsoleHost host, string id, Reply reply) =>
        ChannelOf(host).SendAsync(new(id, Alices, reply), TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_message_becomes_a_turn_of_the_person_who_is_signed_in()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");

        await alice.SendAsync("/chat", ("message", "im locked out"), ("person", "omar"), ("from", "omar"));

        var turn = Assert.IsType<MessageTurn>(Assert.Single(host.Memory.Turns));
        Assert.Equal(new ChannelIdentity("console", "sandbox", "alice"), turn.From);
        Assert.Equal(Alices, turn.Conversation);
        Assert.Equal("im locked out", turn.Text);
        Assert.Contains("<p>im locked out</p>", await alice.OpenAsync("/chat"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_message()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var nonce = Browser.ValueOf(await alice.OpenAsync("/chat"), "nonce");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => alice.SendAsync("/chat", ("message", "im locked out"), ("nonce", nonce))));

        Assert.Single(host.Memory.Turns);
        Assert.Single(await host.Memory.ReadAsync(Alices, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_different_messages_from_the_same_page_are_two()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var nonce = Browser.ValueOf(await alice.OpenAsync("/chat"), "nonce");

        await alice.SendAsync("/chat", ("message", "one"), ("nonce", nonce));
        await alice.SendAsync("/chat", ("message", "two"), ("nonce", nonce));

        Assert.Equal(["one", "two"], host.Memory.Turns.Cast<MessageTurn>().Select(t => t.Text));
    }

    [Fact]
    public async Task A_nonce_taken_from_somebody_else_does_not_swallow_their_words()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        using var eve = await host.SignInAsync("eve");
        var nonce = Browser.ValueOf(await alice.OpenAsync("/chat"), "nonce");

        await eve.SendAsync("/chat", ("message", "help"), ("nonce", nonce));
        await alice.SendAsync("/chat", ("message", "help"), ("nonce", nonce));

        Assert.Equal(["eve", "alice"], host.Memory.Turns.Select(t => t.From.User));
    }

    [Fact]
    public async Task Words_stay_in_the_box_when_they_cannot_be_stored_and_go_once_when_they_can()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var nonce = Browser.ValueOf(await alice.OpenAsync("/chat"), "nonce");
        host.Memory.IsFull = true;

        var html = await alice.ReadAsync(await alice.SendAsync("/chat", ("message", "printer <b>is</b> dead"), ("nonce", nonce)));

        Assert.Contains(">printer &lt;b&gt;is&lt;/b&gt; dead</textarea>", html);
        Assert.Contains("stored right now", Rendered.Text(html));
        Assert.DoesNotContain("disk", html);
        Assert.Equal(nonce, Browser.ValueOf(html, "nonce"));

        host.Memory.IsFull = false;
        await alice.SendAsync("/chat", ("message", "printer <b>is</b> dead"), ("nonce", nonce));
        Assert.Single(host.Memory.Turns);
    }

    [Fact]
    public async Task A_hundred_kilobytes_are_refused_with_the_limit_and_kept()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var long100k = new string('x', 100_000);

        var response = await alice.SendAsync("/chat", ("message", long100k));
        var html = await alice.ReadAsync(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("8,000", html);
        Assert.Contains(long100k + "</textarea>", html);
        Assert.Empty(host.Memory.Turns);
    }

    [Fact]
    public async Task Eight_thousand_characters_are_fine()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");

        await alice.SendAsync("/chat", ("message", new string('x', 8_000)));

        Assert.Single(host.Memory.Turns);
    }

    [Fact]
    public async Task Far_too_much_gets_calm_words_and_the_console_lives_on()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");

        var response = await alice.SendAsync("/chat", ("message", new string('x', 6_000_000)));

        Assert.False(response.IsSuccessStatusCode);
        Assert.DoesNotContain("Exception", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Alice Test", await alice.OpenAsync("/chat"));
    }

    [Fact]
    public async Task A_choice_is_a_button_named_by_its_label_and_can_be_taken_once()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        await SayToAliceAsync(host, "m1", new("Which one?") { Choices = [new("c1", "alice in Directory", "locked since 10:32"), new("c2", "alice in Cloud")] });
        Assert.Contains("alice in Directory · locked since 10:32", Rendered.Text(await alice.OpenAsync("/chat")));

        await Task.WhenAll(alice.SendAsync("/chat", ("choice", "c1")), alice.SendAsync("/chat", ("choice", "c1")));

        var turn = Assert.IsType<ChoiceTurn>(Assert.Single(host.Memory.Turns));
        Assert.Equal("c1", turn.ChoiceId);
        var html = await alice.OpenAsync("/chat");
        Assert.Contains("value=\"c1\" disabled aria-pressed=\"true\"", html);
        Assert.Contains("value=\"c2\" disabled aria-pressed=\"false\"", html);
        Assert.Contains("<p>alice in Directory</p>", html);
    }

    [Fact]
    public async Task A_choice_that_was_offered_to_somebody_else_is_closed()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var eve = await host.SignInAsync("eve");
        await SayToAliceAsync(host, "m1", new("Which one?") { Choices = [new("c1", "alice in Directory")] });

        var html = await eve.ReadAsync(await eve.SendAsync("/chat", ("choice", "c1")));

        Assert.Empty(host.Memory.Turns);
        Assert.Contains("That choice is closed.", html);
        Assert.DoesNotContain("alice in Directory", html);
    }

    [Fact]
    public async Task Hostile_words_stay_words()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        const string Hostile = "<script>alert(1)</script>";
        await alice.SendAsync("/chat", ("message", Hostile));
        await SayToAliceAsync(host, "<img src=x>", new(Hostile) { Choices = [new(Hostile, Hostile, Hostile)], Link = new(Hostile, new("javascript:alert(1)"), DateTimeOffset.MaxValue) });

        var html = await alice.OpenAsync("/chat");

        Assert.DoesNotContain("<script>", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("javascript:", html);
    }

    [Fact]
    public async Task A_link_is_shown_while_it_works()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var now = TimeProvider.System.GetUtcNow();
        await SayToAliceAsync(host, "m1", new("") { Link = new("Open one-time link", new("/secrets/abc"), now.AddMinutes(15)) });
        await SayToAliceAsync(host, "m2", new("") { Link = new("Old link", new("/secrets/old"), now.AddMinutes(-1)) });

        var html = await alice.OpenAsync("/chat");

        Assert.Contains("href=\"/secrets/abc\"", html);
        Assert.DoesNotContain("/secrets/old", html);
    }

    [Fact]
    public async Task The_same_approval_has_one_card_on_the_page_the_newest()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var card = new Card("Unlock bob", CardState.Waiting) { StateText = "Waiting", ApprovalId = "a-1", Buttons = [new(CardAction.Approve, "Approve")] };
        await SayToAliceAsync(host, "m1", new("first") { Card = card });
        await SayToAliceAsync(host, "m2", new("again") { Card = card });

        var html = await alice.OpenAsync("/chat");

        Assert.Equal(2, html.Split("value=\"Approve\"").Length);
        Assert.Contains("<p>first</p>", html);
    }

    [Fact]
    public async Task A_message_that_is_sent_twice_shows_once_and_an_update_replaces_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var sent = await SayToAliceAsync(host, "m1", new("Waiting"));
        Assert.Equal(sent, await SayToAliceAsync(host, "m1", new("Waiting")));

        await ChannelOf(host).UpdateAsync(sent, new("Done"), TestContext.Current.CancellationToken);

        var html = await alice.OpenAsync("/chat");
        Assert.Contains("<p>Done</p>", html);
        Assert.DoesNotContain("<p>Waiting</p>", html);
    }

    [Fact]
    public async Task The_newest_two_hundred_messages_are_shown()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        for (var i = 0; i < 205; i++)
            await SayToAliceAsync(host, $"m{i:000}", new($"reply {i:000}"));

        var html = await alice.OpenAsync("/chat");

        Assert.DoesNotContain("reply 004", html);
        Assert.Contains("reply 005", html);
        Assert.Contains("reply 204", html);
    }

    [Fact]
    public async Task The_channel_reaches_people_where_they_sign_in_and_nobody_without_the_picker()
    {
        await using var host = await ConsoleHost.StartAsync();
        await using var closed = await ConsoleHost.StartAsync(sandboxSignIn: false);
        var stop = TestContext.Current.CancellationToken;

        Assert.Equal(Alices, await ChannelOf(host).DirectConversationAsync(Hosting.People.IdOf("alice"), stop));
        Assert.Null(await ChannelOf(host).DirectConversationAsync(new("P-nobody"), stop));
        Assert.Null(await ChannelOf(closed).DirectConversationAsync(Hosting.People.IdOf("alice"), stop));
    }
}
