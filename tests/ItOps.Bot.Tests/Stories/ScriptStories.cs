using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>What the bot itself does at a computer in the middle and at the end of a guide.</summary>
public sealed class ScriptStories : IDisposable
{
    private const string Utterances = """
        utterances:
          - the badge printer is stuck
          - badge printer does not print
          - badges are not printed
          - the badge printer hangs
          - no badges come out of the badge printer
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("script-stories-");

    [Fact]
    public async Task A_look_that_fails_ends_no_guide_and_a_script_that_changes_is_approved_run_and_not_called_verified()
    {
        Script("look.sh", "# Reads: the queue\necho 'finding seen notice The queue is there.'; echo broken >&2; exit 3");
        Script("mend.sh", $"# Changes: the badge service\ntouch {_folder.FullName}/mended; echo restarted; echo '{{\"queue_length\": 0}}'");
        await using var bot = await StartAsync("""
              - diagnose: scripts/look.sh
                title: Look at the queue
                target: bot-host
              - guide: Switch the badge printer off and on.
              - script: scripts/mend.sh
                title: Restart the badge service
                target: bot-host
              - handoff: It still hangs.
            """);
        var alice = bot.Person("alice");

        await alice.Says("the badge printer is stuck");
        await alice.Sees("May I look at the queue?");
        await alice.Taps("Yes");

        await alice.Sees("That look didn't work from here");
        await alice.Sees("Switch the badge printer off and on.");
        Assert.Equal(RequestStatus.Draft, (await bot.LastRequestAsync()).Status);
        await alice.Taps("That didn't work");

        var card = await bot.Person("omar").SeesApproval("Restart the badge service");
        Assert.Contains(card.Changes, c => c.After == "changes the badge service");
        Assert.Contains(card.Steps, s => s.StartsWith("Run devices/badge_printer@1/scripts/mend.sh on the bot's host", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "mended")));
        await bot.Person("omar").Approves();

        Assert.True(File.Exists(Path.Combine(_folder.FullName, "mended")));
        await alice.Sees("Restart the badge service: done. I can't see from here whether it had its effect. Did that help?");
        var timeline = (await bot.Person("omar").OpensAsync((await bot.LastRequestAsync()).Id))!.Timeline;
        Assert.Contains(timeline, e => e.Text == "The check did not work; went on without it" && e.Output.Any(o => o.Contains("exit code 3: broken", StringComparison.Ordinal)));
        Assert.Contains(timeline, e => e.Text == "Done; not verified");
        Assert.Contains(timeline, e => e.Output.Contains("queue_length: 0") && e.Output.Contains("restarted"));
    }

    [Fact]
    public async Task What_was_edited_after_the_approval_does_not_run_in_its_place()
    {
        Script("mend.sh", $"touch {_folder.FullName}/mended");
        await using var bot = await StartAsync("""
              - guide: Switch the badge printer off and on.
              - script: scripts/mend.sh
                title: Restart the badge service
                target: bot-host
            """);
        var alice = bot.Person("alice");
        await alice.Says("the badge printer is stuck");
        await alice.Taps("That didn't work");
        Script("mend.sh", $"touch {_folder.FullName}/edited");

        await bot.Person("omar").Approves();

        Assert.False(File.Exists(Path.Combine(_folder.FullName, "edited")));
    }

    [Fact]
    public async Task A_script_with_a_check_beside_it_is_verified_by_it()
    {
        Script("mend.sh", $"touch {_folder.FullName}/mended");
        Script("mend.check.sh", $"[ -e {_folder.FullName}/mended ]");
        await using var bot = await StartAsync("""
              - guide: Switch the badge printer off and on.
              - script: scripts/mend.sh
                title: Restart the badge service
                target: bot-host
            """);
        var alice = bot.Person("alice");
        await alice.Says("the badge printer is stuck");
        await alice.Taps("That didn't work");
        await bot.Person("omar").Approves();

        await alice.Sees("Restart the badge service: done, and checked. Did that help?");
    }

    [Fact]
    public async Task Commands_stand_line_by_line_on_the_card_run_one_after_the_other_and_stop_at_the_first_that_fails()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "commands.yaml"), """
            version: 1
            commands:
              - line: touch <file>
                title: Leave a mark
                effect: changes
                linux: /usr/bin/touch
                where:
                  - name: file
                    pattern: '[a-z/.A-Z0-9_-]+'
            """, TestContext.Current.CancellationToken);
        await using var bot = await StartAsync($$"""
              - guide: Switch the badge printer off and on.
              - commands:
                  - touch {{_folder.FullName}}/one
                  - touch {{_folder.FullName}}/nowhere/two
                  - touch {{_folder.FullName}}/three
                title: Restart the badge service
            """);
        var alice = bot.Person("alice");
        await alice.Says("the badge printer is stuck");
        await alice.Taps("That didn't work");
        var card = await bot.Person("omar").SeesApproval("Restart the badge service");
        Assert.Equal(["one", "nowhere/two", "three"], card.Changes.Select(c => c.After.Replace($"/usr/bin/touch {_folder.FullName}/", "", StringComparison.Ordinal)));

        await bot.Person("omar").Approves();

        Assert.Equal((true, false), (File.Exists(Path.Combine(_folder.FullName, "one")), File.Exists(Path.Combine(_folder.FullName, "three"))));
        var request = await bot.LastRequestAsync();
        Assert.Equal((RequestStatus.HandedOff, ProblemCode.ProgramFailed), (request.Status, request.Problem?.Code));
        var timeline = (await bot.Person("omar").OpensAsync(request.Id))!.Timeline;
        Assert.Contains(timeline, e => e.State == CardState.Succeeded && e.Output.Contains("exit code 0"));
        Assert.Contains(timeline, e => e.State == CardState.Failed && e.Output.Contains("exit code 1"));
    }

    [Fact]
    public async Task Where_AWS_is_not_connected_the_guide_goes_on_without_it()
    {
        await using var bot = await StartAsync("""
              - run: aws.ec2.instance-status
                with: { instance: i-0123456789abcdef0 }
              - guide: Switch the badge printer off and on.
            """);

        await bot.Person("alice").Says("the badge printer is stuck");

        await bot.Person("alice").Sees("Switch the badge printer off and on.");
        Assert.Contains("AWS is not connected", Assert.Single(await bot.AuditAsync("check.impossible")).Facts["why"], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<BotHost> StartAsync(string steps)
    {
        var category = _folder.CreateSubdirectory("runbooks").CreateSubdirectory("devices");
        await File.WriteAllTextAsync(Path.Combine(category.FullName, "badge_printer.md"), $"""
            ---
            id: badge_printer
            version: 1
            title: Get the badge printer going
            summary: When badges are not printed
            {Utterances.ReplaceLineEndings("\n")}
            steps:
            {steps.ReplaceLineEndings("\n")}
            done: It prints.
            ---
            # The badge printer
            """);
        var settings = new Dictionary<string, string> { ["Knowledge:RunbookFolder"] = Path.Combine(_folder.FullName, "runbooks") };
        if (File.Exists(Path.Combine(_folder.FullName, "commands.yaml")))
            settings["Executors:Commands:PolicyFile"] = Path.Combine(_folder.FullName, "commands.yaml");
        return await BotHost.StartAsync(settings: settings);
    }

    private void Script(string name, string content) =>
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("runbooks/devices/badge_printer/scripts").FullName, name), content + "\n");
}
