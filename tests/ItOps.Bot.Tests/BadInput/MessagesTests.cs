using ItOps.Bot.Replies;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.BadInput;

/// <summary>What people and programs send that no person would.</summary>
public sealed class MessagesTests
{
    public static TheoryData<string, string> Strange { get; } = new()
    {
        { "100 kB", new string('x', 100_000) },
        { "100 kB of blanks", new string(' ', 100_000) },
        { "just below the limit", string.Join(' ', Enumerable.Repeat("password", 880)) },
        { "nothing", "" },
        { "NUL", "\0\0\0" },
        { "NUL within", "reset\0 my\0 password" },
        { "right-to-left override", "\u202Edrowssap ym teser" },
        { "zero width", "\u200B\u200C\u200D\uFEFF\u2060" },
        { "half a surrogate", "reset my \uD83D password" },
        { "the other half", "\uDE00" },
        { "combining marks", "a" + new string('\u0301', 5000) },
        { "full width", "ｒｅｓｅｔ ｍｙ ｐａｓｓｗｏｒｄ" },
        { "braces", "{0} {account} {{x}} %s %n ${jndi:ldap://x} {Date}" },
        { "markup", "<script>alert(1)</script><!channel>*_~`>|" },
        { "json", "{\"$type\":\"human\"}" },
        { "sql", "'; DROP TABLE requests; --" },
        { "only emoji", "🔥🔥🔥😀👨‍👩‍👧" },
        { "line breaks", new string('\n', 5000) },
    };

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task Every_message_gets_one_calm_answer_and_the_next_one_works(string what, string text)
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");

        await alice.Says(text);

        var replies = await alice.RepliesAsync();
        Assert.True(replies.Count >= 1, what);
        Assert.DoesNotContain(replies, r => r.Text == Words.English.SomethingBroke);
        Assert.DoesNotContain("turn.failed", await bot.AuditedAsync());
        await alice.Says("start over");
        await alice.Says("im locked out");
        await alice.Sees("Which account");
    }

    [Fact]
    public async Task A_thousand_messages_in_a_burst_are_all_answered_in_their_order()
    {
        await using var bot = await BotHost.StartAsync();
        var people = new[] { "alice", "bob", "eve", "mona", "ruth" }.Select(bot.Person).ToList();
        var intake = bot.Services.GetRequiredService<ITurnIntake>();

        await Parallel.ForEachAsync(people, async (person, cancel) =>
        {
            for (var i = 0; i < 200; i++)
                Assert.True(await intake.AcceptAsync(new MessageTurn($"{person.Conversation.Value}-{i}", person.Identity, person.Conversation, bot.Time.GetUtcNow(), i % 2 == 0 ? "hello" : "thanks"), cancel));
        });
        await bot.SettleAsync();

        foreach (var person in people)
        {
            var texts = (await person.RepliesAsync()).Select(r => r.Text).ToList();
            Assert.Equal(Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? Words.English.Hello : Words.English.YoureWelcome), texts);
        }
    }

    [Fact]
    public async Task A_burst_of_wishes_opens_no_more_requests_than_the_policy_allows()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(requestsPerHour: 4)));
        var bob = bot.Person("bob");
        var intake = bot.Services.GetRequiredService<ITurnIntake>();

        for (var i = 0; i < 100; i++)
            await intake.AcceptAsync(new MessageTurn($"wish-{i}", bob.Identity, bob.Conversation, bot.Time.GetUtcNow(), i % 2 == 0 ? "vpn not connecting" : "human please"), CancellationToken.None);
        await bot.SettleAsync();

        Assert.InRange((await bot.RequestsAsync()).Count, 1, 4);
        Assert.DoesNotContain("turn.failed", await bot.AuditedAsync());
    }
}
