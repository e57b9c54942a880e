using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Tests.Runbooks.Setup;

namespace ItOps.Bot.Tests.Runbooks;

/// <summary>How the folder and the store meet (docs/decisions/0020): each start takes in what is new, and nothing is resolved silently.</summary>
public sealed class FilesAndVersionsTests
{
    private const string File = "site/gate_stuck.md";

    private static readonly string Written = LibraryStage.GateText("Pull the red lever.", "Call the guard.");
    private static readonly string Refiled = LibraryStage.GateText("Ring the bell.", "Call the guard.");

    [Fact]
    public async Task The_folder_is_taken_in_once()
    {
        await using var stage = await LibraryStage.StartAsync();
        await stage.Bot.RestartAsync();

        var version = Assert.Single(await stage.Store.VersionsAsync(LibraryStage.Gate, CancellationToken.None));
        Assert.Equal((VersionStatus.Published, VersionOrigin.File, RunbookVersion.Files), (version.Status, version.Origin, version.AuthorName));
        Assert.Equal(2, (await stage.Bot.AuditAsync("runbook.taken-in")).Count);
    }

    [Fact]
    public async Task A_changed_file_is_in_force_after_the_next_start_under_a_new_number()
    {
        await using var stage = await LibraryStage.StartAsync();
        stage.WriteFile(File, Refiled);
        await stage.Bot.RestartAsync();

        Assert.Equal((2, "Ring the bell."), Now(stage));

        stage.WriteFile(File, LibraryStage.GateText("Push the green button.", "Call the guard.", version: 9));
        await stage.Bot.RestartAsync();
        Assert.Equal((9, "Push the green button."), Now(stage));
    }

    [Fact]
    public async Task What_was_published_in_the_console_survives_a_restart_over_its_file()
    {
        await using var stage = await LibraryStage.StartAsync();
        await stage.PublishesAsync(LibraryStage.Gate, Written);
        await stage.Bot.RestartAsync();

        Assert.Equal((2, "Pull the red lever."), Now(stage));
        Assert.Empty(stage.Catalog.Problems);
    }

    [Fact]
    public async Task A_file_that_changes_under_a_version_of_the_console_is_shown_and_an_author_decides()
    {
        await using var stage = await LibraryStage.StartAsync();
        await stage.PublishesAsync(LibraryStage.Gate, Written);
        stage.WriteFile(File, Refiled);
        await stage.Bot.RestartAsync();

        Assert.Equal((2, "Pull the red lever."), Now(stage));
        Assert.Contains("the file changed (version 3)", Assert.Single(stage.Catalog.Problems).Message, StringComparison.Ordinal);
        var filed = (await stage.Store.VersionAsync(LibraryStage.Gate, 3, CancellationToken.None))!;
        Assert.Equal((VersionStatus.Proposed, VersionOrigin.File), (filed.Status, filed.Origin));

        await stage.Bot.RestartAsync();
        Assert.Equal(3, (await stage.EntryAsync(LibraryStage.Gate)).FileVersion);
        await stage.AgreesAsync("ruth", filed);

        Assert.Equal((3, "Ring the bell."), Now(stage));
        Assert.Empty(stage.Catalog.Problems);
    }

    [Fact]
    public async Task An_author_may_keep_the_version_of_the_console_and_is_asked_again_only_when_the_file_changes_again()
    {
        await using var stage = await LibraryStage.StartAsync();
        await stage.PublishesAsync(LibraryStage.Gate, Written);
        stage.WriteFile(File, Refiled);
        await stage.Bot.RestartAsync();
        await stage.RejectsAsync("ruth", (await stage.Store.VersionAsync(LibraryStage.Gate, 3, CancellationToken.None))!);
        await stage.Bot.RestartAsync();
        Assert.Empty(stage.Catalog.Problems);

        stage.WriteFile(File, LibraryStage.GateText("Knock.", "Call the guard."));
        await stage.Bot.RestartAsync();

        Assert.Equal(4, (await stage.EntryAsync(LibraryStage.Gate)).FileVersion);
        Assert.Equal((2, "Pull the red lever."), Now(stage));
    }

    [Fact]
    public async Task A_file_that_goes_takes_its_runbook_out_of_what_is_found_until_it_comes_back()
    {
        await using var stage = await LibraryStage.StartAsync();
        stage.DeleteFile(File);
        await stage.Bot.RestartAsync();
        Assert.Null(stage.Catalog.Find(LibraryStage.Gate));
        Assert.NotNull(stage.Catalog.Find(LibraryStage.Gate, 1));

        stage.WriteFile(File, LibraryStage.GateText("Push the green button.", "Call the guard."));
        await stage.Bot.RestartAsync();
        Assert.Equal((1, "Push the green button."), Now(stage));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_leaves_the_last_version_that_could()
    {
        await using var stage = await LibraryStage.StartAsync();
        stage.WriteFile(File, "no front matter");
        await stage.Bot.RestartAsync();

        Assert.Equal((1, "Push the green button."), Now(stage));
        Assert.Contains(stage.Catalog.Problems, p => p.File == File);
    }

    private static (int Version, string First) Now(LibraryStage stage)
    {
        var runbook = stage.Catalog.Find(LibraryStage.Gate)!;
        return (runbook.Version, runbook.Steps.OfType<GuideStep>().First().Text);
    }
}
