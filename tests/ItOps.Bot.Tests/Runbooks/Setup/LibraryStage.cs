using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Runbooks.Setup;

/// <summary>A bot over a folder with two small runbooks, which its authors change. Ruth and Sam are authors, Omar is not.</summary>
internal sealed class LibraryStage : IAsyncDisposable
{
    public const string Gate = "gate_stuck";
    public const string Door = "door_slow";

    private readonly DirectoryInfo _folder;

    private LibraryStage(DirectoryInfo folder, BotHost bot) => (_folder, Bot) = (folder, bot);

    public BotHost Bot { get; }

    public RunbookCatalog Catalog => Bot.Services.GetRequiredService<RunbookCatalog>();

    public IRunbookStore Store => Bot.Services.GetRequiredService<IRunbookStore>();

    public RunbookDrafts Drafts => Bot.Services.GetRequiredService<RunbookDrafts>();

    public RunbookDecisions Decisions => Bot.Services.GetRequiredService<RunbookDecisions>();

    public static async Task<LibraryStage> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("itops-library-");
        Write(folder, "site/gate_stuck.md", GateText("Push the green button.", "Call the guard."));
        Write(folder, "site/door_slow.md", DoorText);
        Write(folder, "site/door_slow/scripts/check.sh", "# Reads: the door\necho finding door problem The old script looked.\n");
        return new(folder, await BotHost.StartAsync(settings: SettingsFor(folder)));
    }

    /// <summary>Another process on the same database and the same folder.</summary>
    public Task<BotHost> AnotherAsync() => BotHost.StartAsync(
        settings: new(SettingsFor(_folder)) { ["Storage:Folder"] = Path.GetDirectoryName(Bot.DatabaseFile)! });

    public void WriteFile(string path, string text) => Write(_folder, path, text);

    public void DeleteFile(string path) => File.Delete(Path.Combine(_folder.FullName, path));

    public Task<Principal> PersonAsync(string name) => Bot.Person(name).PrincipalAsync();

    public async Task<LibraryAnswer> SavesAsync(string name, string id, string text, string? script = null, RunbookVersion? draft = null) => await Drafts.SaveAsync(
        await PersonAsync(name),
        new DraftText(id, "site", text, script is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["scripts/check.sh"] = script })
        {
            Why = "Because.",
            Number = draft?.Number,
            Revision = draft?.Revision,
        },
        CancellationToken.None);

    public async Task<LibraryAnswer> ProposesAsync(string name, RunbookVersion version) =>
        await Decisions.ProposeAsync(await PersonAsync(name), version.RunbookId, version.Number, version.Revision, CancellationToken.None);

    public async Task<LibraryAnswer> AgreesAsync(string name, RunbookVersion version) =>
        await Decisions.ApproveAsync(await PersonAsync(name), version.RunbookId, version.Number, version.Revision, "Fine.", CancellationToken.None);

    public async Task<LibraryAnswer> RejectsAsync(string name, RunbookVersion version) =>
        await Decisions.RejectAsync(await PersonAsync(name), version.RunbookId, version.Number, version.Revision, "No.", CancellationToken.None);

    /// <summary>Ruth writes it, and Sam agrees where that takes two.</summary>
    public async Task<RunbookVersion> PublishesAsync(string id, string text, string? script = null)
    {
        var draft = await SavesAsync("ruth", id, text, script);
        var proposed = await ProposesAsync("ruth", draft.Version!);
        Assert.True(proposed.Refusal is null, $"{proposed.Refusal}: {string.Join('\n', proposed.Problems)}");
        if (proposed.Version!.Status == VersionStatus.Published)
            return proposed.Version;
        var agreed = await AgreesAsync("sam", proposed.Version);
        Assert.Null(agreed.Refusal);
        return agreed.Version!;
    }

    public async Task<RunbookEntry> EntryAsync(string id) => (await Store.EntryAsync(id, CancellationToken.None))!;

    public static string GateText(string first, string second, int version = 1, string utterance = "the garage gate is stuck") =>
        $"""
        ---
        id: gate_stuck
        version: {version}
        title: The gate is stuck
        summary: Open the garage gate again
        utterances:
          - {utterance}
          - gate does not open
          - cannot get out of the garage
          - the barrier stays down
          - parking gate broken
        notFor:
          - the garage light is broken
        steps:
          - guide: {first}
          - guide: {second}
          - handoff: Somebody has to come and look.
        done: The gate opens again.
        ---
        Who has the key stands in the office.

        """;

    public const string DoorText =
        """
        ---
        id: door_slow
        version: 1
        title: The door is slow
        summary: Find out why the door is slow
        utterances:
          - the sliding door is slow
          - door opens slowly
          - entrance takes ages to open
          - automatic entrance door sluggish
          - sliding entrance hesitates
        steps:
          - diagnose: scripts/check.sh
            title: Check the door
            target: bot-host
          - handoff: Somebody has to come and look.
        done: The door is quick again.
        ---
        The motor is behind the panel.

        """;

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Dictionary<string, string> SettingsFor(DirectoryInfo folder) => new() { ["Knowledge:RunbookFolder"] = folder.FullName };

    private static void Write(DirectoryInfo folder, string path, string text)
    {
        var file = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
