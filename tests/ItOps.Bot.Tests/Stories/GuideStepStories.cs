using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>What a guide can be made of: a computer's platform, pasted texts, steps that somebody cannot do, and a change at the end that others approve.</summary>
public sealed class GuideStepStories : IDisposable
{
    private const string Runbook = """
        ---
        id: drawing_pad
        version: 1
        title: Make the drawing pad draw
        summary: Find out why a drawing pad does not draw
        utterances:
          - the drawing pad does not draw
          - my drawing tablet is dead
          - pen of the drawing pad has no effect
          - no line appears when I use the pad
          - drawing pad not recognised
        parameters:
          - name: platform
            kind: platform
            ask: Is it a Windows PC, a Mac or Linux?
          - name: account
            kind: account
            ask: Which account is it?
        steps:
          - paste: Paste here what the pad's window says.
            read:
              - match: 'firmware (?<value>[0-9.]+) is too old'
                finding: old-firmware
                text: Its firmware is too old.
                fact: firmware
          - guide: Update the pad.
            expect: The window says that it is up to date.
            when: [old-firmware]
          - guide: Open Device Manager.
            on: [windows]
          - guide: Open System Settings.
            on: [macos]
          - run: account.unlock
            with: { account: "{account}" }
          - handoff: The pad still does not draw.
            template:
              Firmware: firmware
        done: Your pad draws again.
        ---
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("itops-runbooks-").FullName;

    public GuideStepStories()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "devices"));
        File.WriteAllText(Path.Combine(_folder, "devices", "drawing_pad.md"), Runbook);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<BotHost> StartAsync() => BotHost.StartAsync(settings: new() { ["Knowledge:RunbookFolder"] = _folder });

    [Fact]
    public async Task A_pasted_text_picks_the_steps_and_only_what_was_recognised_in_it_is_kept()
    {
        await using var bot = await StartAsync();
        var alice = await AtThePasteAsync(bot, "Mac");

        await alice.Says("Error 7: firmware 1.2.9 is too old\npassword=Secret-of-alice");

        await alice.Sees("I see: Its firmware is too old.");
        await alice.Sees("Update the pad.");
        var request = await bot.LastRequestAsync();
        Assert.Equal("1.2.9", Assert.Single(request.Facts).Value);
        Assert.DoesNotContain("Secret-of-alice", string.Join(" ", (await bot.AuditAsync("guide.pasted")).SelectMany(a => a.Facts.Values)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_in_which_nothing_is_recognised_goes_on_with_what_always_helps_on_this_computer()
    {
        await using var bot = await StartAsync();
        var alice = await AtThePasteAsync(bot, "Windows");

        await alice.Says("it says nothing at all");

        await alice.Sees("Nothing in there points to a cause");
        await alice.Sees("Open Device Manager.");
        await alice.DoesNotSee("Open System Settings.");
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no wait, the vpn is broken")]
    [InlineData("thanks")]
    public async Task Whatever_stands_in_a_pasted_text_is_a_pasted_text(string text)
    {
        await using var bot = await StartAsync();
        var alice = await AtThePasteAsync(bot, "Mac");

        await alice.Says(text);

        await alice.Sees("Nothing in there points to a cause");
        await alice.Sees("Open System Settings.");
        Assert.Equal(RequestStatus.Draft, Assert.Single(await alice.RequestsAsync()).Status);
    }

    [Fact]
    public async Task What_somebody_cannot_do_is_no_failure_and_the_change_at_the_end_waits_for_approval()
    {
        await using var bot = await StartAsync();
        var alice = await AtThePasteAsync(bot, "Mac");
        await alice.Taps("I can't do that");
        await alice.Sees("Open System Settings.");
        await alice.Taps("I can't do that");

        await bot.Person("omar").SeesApproval("Unlock alice");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.LastRequestAsync()).Status);
        await bot.Person("omar").Approves();

        Assert.Equal(1, await bot.Sandbox.EffectsAsync());
        await alice.Taps("No");
        var request = await bot.LastRequestAsync();
        Assert.Equal((RequestStatus.HandedOff, false), (request.Status, request.Helped));
        var page = await bot.Person("omar").OpensAsync(request.Id);
        Assert.Equal(2, page!.Timeline.Count(e => e.Text == "Could not be tried"));
    }

    [Fact]
    public async Task Nobody_approves_what_their_own_guide_ends_with()
    {
        await using var bot = await StartAsync();
        var omar = bot.Person("omar");
        await omar.Says("the drawing pad does not draw");
        await omar.Taps("Mac");
        await omar.Taps("I can't do that");
        await omar.Taps("That didn't work");

        await omar.SeesNoApproval();
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    private static async Task<StoryPerson> AtThePasteAsync(BotHost bot, string platform)
    {
        var alice = bot.Person("alice");
        await alice.Says("the drawing pad does not draw");
        await alice.Sees("Is it a Windows PC, a Mac or Linux?");
        await alice.Taps(platform);
        if ((await alice.LastReplyAsync()).Choices.FirstOrDefault(c => c.Label.Contains("directory", StringComparison.OrdinalIgnoreCase)) is { } account)
            await alice.Taps(account.Label);
        await alice.Sees("Paste here what the pad's window says.");
        return alice;
    }
}
