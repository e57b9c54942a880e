using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Tests.Runbooks.Setup;

namespace ItOps.Bot.Tests.Runbooks;

/// <summary>Only authors change runbooks, and a change of meaning takes two of them (I2, I3, I8).</summary>
public sealed class TwoAuthorsTests
{
    private static readonly string Changed = LibraryStage.GateText("Pull the red lever.", "Call the guard.");

    [Fact]
    public async Task A_change_of_steps_waits_for_a_second_author_and_then_is_in_force()
    {
        await using var stage = await LibraryStage.StartAsync();
        var draft = (await stage.SavesAsync("ruth", LibraryStage.Gate, Changed)).Version!;
        Assert.Equal((VersionStatus.Draft, 2, 1), (draft.Status, draft.Number, draft.Base));
        Assert.Contains("version: 2\n", draft.Content.Text, StringComparison.Ordinal);

        var proposed = (await stage.ProposesAsync("ruth", draft)).Version!;
        Assert.Equal(VersionStatus.Proposed, proposed.Status);
        Assert.Equal(1, stage.Catalog.Find(LibraryStage.Gate)!.Version);

        var agreed = await stage.AgreesAsync("sam", proposed);
        Assert.Equal((VersionStatus.Published, "Sam Okafor"), (agreed.Version!.Status, agreed.Version.DecidedByName));
        Assert.Equal(2, stage.Catalog.Find(LibraryStage.Gate)!.Version);
        Assert.Equal(VersionStatus.Superseded, (await stage.Store.VersionAsync(LibraryStage.Gate, 1, CancellationToken.None))!.Status);
        Assert.Equal(
            ["runbook.draft-saved", "runbook.proposed", "runbook.published"],
            (await stage.Bot.AuditedAsync()).Where(a => a.StartsWith("runbook.", StringComparison.Ordinal) && a != "runbook.taken-in").Order());
    }

    [Fact]
    public async Task A_change_of_words_is_in_force_at_once()
    {
        await using var stage = await LibraryStage.StartAsync();
        var draft = await stage.SavesAsync("ruth", LibraryStage.Gate, LibraryStage.GateText("Push the green button.", "Call the guard.", utterance: "boom will not rise"));

        Assert.Equal(VersionStatus.Published, (await stage.ProposesAsync("ruth", draft.Version!)).Version!.Status);
        await stage.Bot.Person("alice").Says("boom will not rise");
        await stage.Bot.Person("alice").Sees("Push the green button.");
    }

    [Fact]
    public async Task Whoever_wrote_in_it_cannot_be_the_second_author()
    {
        await using var stage = await LibraryStage.StartAsync();
        var draft = (await stage.SavesAsync("ruth", LibraryStage.Gate, Changed)).Version!;
        var both = (await stage.SavesAsync("sam", LibraryStage.Gate, Changed + "More.\n", draft: draft)).Version!;
        var proposed = (await stage.ProposesAsync("sam", both)).Version!;

        Assert.Equal(LibraryRefusal.OwnChange, (await stage.AgreesAsync("ruth", proposed)).Refusal);
        Assert.Equal(LibraryRefusal.OwnChange, (await stage.AgreesAsync("sam", proposed)).Refusal);
        Assert.Equal(1, (await stage.EntryAsync(LibraryStage.Gate)).Published);
        Assert.Equal(2, (await stage.Bot.AuditAsync("runbook.approval-refused")).Count);
    }

    [Theory]
    [InlineData("omar")]
    [InlineData("alice")]
    public async Task Who_is_no_author_changes_nothing(string outsider)
    {
        await using var stage = await LibraryStage.StartAsync();
        var proposed = (await stage.ProposesAsync("ruth", (await stage.SavesAsync("ruth", LibraryStage.Gate, Changed)).Version!)).Version!;
        var person = await stage.PersonAsync(outsider);

        LibraryAnswer[] answers =
        [
            await stage.SavesAsync(outsider, LibraryStage.Gate, Changed), await stage.ProposesAsync(outsider, proposed), await stage.AgreesAsync(outsider, proposed), await stage.RejectsAsync(outsider, proposed),
            await stage.Decisions.RollBackAsync(person, LibraryStage.Gate, 1, null, VersionOrigin.Console, CancellationToken.None),
            await stage.Decisions.EnableAsync(person, LibraryStage.Gate, enabled: false, CancellationToken.None),
        ];

        Assert.All(answers, a => Assert.Equal(LibraryRefusal.NotAnAuthor, a.Refusal));
        Assert.Equal(1, (await stage.EntryAsync(LibraryStage.Gate)).Revision);
    }

    [Fact]
    public async Task Of_two_who_agree_at_once_one_does()
    {
        await using var stage = await LibraryStage.StartAsync();
        var proposed = (await stage.ProposesAsync("ruth", (await stage.SavesAsync("ruth", LibraryStage.Gate, Changed)).Version!)).Version!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? stage.AgreesAsync("sam", proposed) : stage.RejectsAsync("sam", proposed)));

        Assert.Single(answers, a => a.Refusal is null);
        Assert.All(answers.Where(a => a.Refusal is not null), a => Assert.Contains(a.Refusal!.Value, new[] { LibraryRefusal.OutOfDate, LibraryRefusal.Closed }));
        Assert.Single(await stage.Bot.AuditAsync("runbook.published").ContinueWith(async p => (await p).Concat(await stage.Bot.AuditAsync("runbook.rejected")), TaskScheduler.Default).Unwrap());
    }

    [Fact]
    public async Task What_was_changed_after_it_was_looked_at_is_not_published()
    {
        await using var stage = await LibraryStage.StartAsync();
        var seen = (await stage.ProposesAsync("ruth", (await stage.SavesAsync("ruth", LibraryStage.Gate, Changed)).Version!)).Version!;
        var edited = (await stage.SavesAsync("ruth", LibraryStage.Gate, LibraryStage.GateText("Drive through it.", "Call the guard."), draft: seen)).Version!;
        Assert.Equal(VersionStatus.Draft, edited.Status);

        Assert.Equal(LibraryRefusal.Closed, (await stage.AgreesAsync("sam", seen)).Refusal);
        await stage.ProposesAsync("ruth", edited);
        Assert.Equal(LibraryRefusal.OutOfDate, (await stage.AgreesAsync("sam", seen)).Refusal);
        Assert.Equal(1, stage.Catalog.Find(LibraryStage.Gate)!.Version);
    }

    [Fact]
    public async Task What_was_begun_on_another_version_than_the_one_in_force_is_not_published_and_goes_on_under_a_new_number()
    {
        await using var stage = await LibraryStage.StartAsync();
        var slow = (await stage.SavesAsync("sam", LibraryStage.Gate, Changed)).Version!;
        await stage.PublishesAsync(LibraryStage.Gate, LibraryStage.GateText("Whistle.", "Call the guard."));

        Assert.Equal(LibraryRefusal.OutOfDate, (await stage.ProposesAsync("sam", slow)).Refusal);
        var again = (await stage.SavesAsync("sam", LibraryStage.Gate, Changed, draft: slow)).Version!;

        Assert.Equal((4, 3), (again.Number, again.Base));
        Assert.Equal(VersionStatus.Rejected, (await stage.Store.VersionAsync(LibraryStage.Gate, slow.Number, CancellationToken.None))!.Status);
        Assert.Equal(VersionStatus.Proposed, (await stage.ProposesAsync("sam", again)).Version!.Status);
    }

    [Fact]
    public async Task Nothing_is_published_that_the_checks_find_wrong_or_that_steals_from_another()
    {
        await using var stage = await LibraryStage.StartAsync();
        var thief = (await stage.SavesAsync("ruth", LibraryStage.Gate, LibraryStage.GateText("Push the green button.", "Call the guard.", utterance: "the sliding door is slow"))).Version!;
        var typo = (await stage.SavesAsync("ruth", LibraryStage.Gate, Changed.Replace("steps:", "stepz:", StringComparison.Ordinal))).Version!;

        var (stolen, mistyped) = (await stage.ProposesAsync("ruth", thief), await stage.ProposesAsync("ruth", typo));

        Assert.Equal((LibraryRefusal.NotClean, LibraryRefusal.NotClean), (stolen.Refusal, mistyped.Refusal));
        var theft = Assert.Single(stolen.Problems);
        Assert.Contains("steal from 'door_slow'", theft.Message, StringComparison.Ordinal);
        Assert.Equal("the sliding door is slow", thief.Content.Text.Split('\n')[theft.Line - 1].Trim().TrimStart('-').Trim());
        Assert.Contains(mistyped.Problems, p => p.Message.Contains("stepz", StringComparison.Ordinal) && p.Line > 1);
        Assert.Equal(1, (await stage.EntryAsync(LibraryStage.Gate)).Published);
    }

    [Fact]
    public async Task Going_back_is_a_change_like_any_other()
    {
        await using var stage = await LibraryStage.StartAsync();
        await stage.PublishesAsync(LibraryStage.Gate, Changed);

        var back = await stage.Decisions.RollBackAsync(await stage.PersonAsync("sam"), LibraryStage.Gate, 1, "The lever broke.", VersionOrigin.Console, CancellationToken.None);
        Assert.Equal((VersionStatus.Proposed, 3), (back.Version!.Status, back.Version.Number));
        Assert.Equal("Back to version 1. The lever broke.", back.Version.Why);
        await stage.AgreesAsync("ruth", back.Version);

        var now = stage.Catalog.Find(LibraryStage.Gate)!;
        Assert.Equal((3, "Push the green button."), (now.Version, now.Steps.OfType<GuideStep>().First().Text));
    }

    [Fact]
    public async Task A_changed_script_takes_a_second_author_even_when_no_word_differs()
    {
        await using var stage = await LibraryStage.StartAsync();
        var draft = await stage.SavesAsync("ruth", LibraryStage.Door, LibraryStage.DoorText, "# Reads: the door\necho finding door problem Changed.\n");

        var proposed = (await stage.ProposesAsync("ruth", draft.Version!)).Version!;

        Assert.Equal((VersionStatus.Proposed, true), (proposed.Status, proposed.NeedsSecond));
    }

    [Theory]
    [InlineData("nobody_knows_it", 1)]
    [InlineData(LibraryStage.Gate, 99)]
    public async Task A_forged_id_or_number_is_nothing(string id, int number)
    {
        await using var stage = await LibraryStage.StartAsync();
        var ruth = await stage.PersonAsync("ruth");

        Assert.Equal(LibraryRefusal.NoSuchRunbook, (await stage.Decisions.ApproveAsync(ruth, id, number, 1, null, CancellationToken.None)).Refusal);
        Assert.Equal(LibraryRefusal.NoSuchRunbook, (await stage.Decisions.ProposeAsync(ruth, id, number, 1, CancellationToken.None)).Refusal);
        Assert.Equal(LibraryRefusal.NoSuchRunbook, (await stage.Decisions.RollBackAsync(ruth, id, number, null, VersionOrigin.Api, CancellationToken.None)).Refusal);
    }

    [Theory]
    [InlineData("../etc", "gate_stuck", "scripts/a.sh")]
    [InlineData("site", "../x", "scripts/a.sh")]
    [InlineData("site", "gate_stuck", "../a.sh")]
    [InlineData("site", "gate_stuck", "scripts/../../a.sh")]
    [InlineData("site", "gate_stuck", "scripts/a.exe")]
    [InlineData("site", "gate_stuck", "/tmp/a.sh")]
    public async Task A_name_that_leads_elsewhere_is_no_file(string category, string id, string script)
    {
        await using var stage = await LibraryStage.StartAsync();

        var answer = await stage.Drafts.SaveAsync(
            await stage.PersonAsync("ruth"), new DraftText(id, category, Changed, new Dictionary<string, string> { [script] = "echo" }), CancellationToken.None);

        Assert.Equal(LibraryRefusal.NotAFile, answer.Refusal);
    }
}
