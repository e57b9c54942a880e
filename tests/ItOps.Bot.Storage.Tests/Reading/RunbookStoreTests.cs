using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Reading;

public sealed class RunbookStoreTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private ServiceProvider _bot = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IRunbookStore Runbooks => _bot.GetRequiredService<IRunbookStore>();

    public ValueTask InitializeAsync()
    {
        _bot = _store.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Versions_and_entries_come_back_as_they_were()
    {
        var version = Version(1) with
        {
            Base = 3,
            Authors = [new("P1"), new("P2")],
            Why = "Why",
            NeedsSecond = true,
            DecidedBy = new PersonId("P3"),
            DecidedByName = "Sam",
            DecidedAt = Samples.Moment,
            Note = "Note",
            Status = VersionStatus.Published,
        };
        var entry = new RunbookEntry("vpn") { Published = 1, Enabled = false, FileHash = "h", FileGone = true, FileVersion = 2, Revision = 1 };
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(new RunbookVersionSaved(version), new RunbookEntrySaved(entry)));

        Assert.Equivalent(version, await Runbooks.VersionAsync("vpn", 1, Cancel), strict: true);
        Assert.Equal(entry, await Runbooks.EntryAsync("vpn", Cancel));
        Assert.Equal([entry], await Runbooks.EntriesAsync(Cancel));
        var kept = Assert.Single(await Runbooks.KeptAsync(_ => false, Cancel));
        Assert.Equal(("vpn", 1, version.Content.Hash), (kept.RunbookId, kept.Number, kept.Hash));
        Assert.Equivalent(version.Content, kept.Content(), strict: true);
        Assert.Empty(await Runbooks.KeptAsync(k => k == ("vpn", 1), Cancel));
        Assert.Equal(new LastChange("Ruth", Samples.Moment, VersionOrigin.Console), (await Runbooks.LastChangesAsync(Cancel))["vpn"]);
        Assert.Null(await Runbooks.VersionAsync("vpn", 2, Cancel));
        Assert.Null(await Runbooks.EntryAsync("wifi", Cancel));
    }

    [Fact]
    public async Task Each_change_expects_the_revision_before_it()
    {
        await CommitAsync(new RunbookVersionSaved(Version(1)), new RunbookEntrySaved(new("vpn") { Revision = 1 }));

        Assert.Equal(CommitOutcome.Conflict, await CommitAsync(new RunbookVersionSaved(Version(1))));
        Assert.Equal(CommitOutcome.Conflict, await CommitAsync(new RunbookVersionSaved(Version(1) with { Revision = 3 })));
        Assert.Equal(CommitOutcome.Conflict, await CommitAsync(new RunbookEntrySaved(new("vpn") { Published = 9, Revision = 1 })));
        Assert.Equal(CommitOutcome.Conflict, await CommitAsync(new RunbookVersionSaved(Version(1) with { Revision = 2 }), new RunbookEntrySaved(new("vpn") { Published = 9, Revision = 3 })));
        Assert.Equal(1, (await Runbooks.VersionAsync("vpn", 1, Cancel))!.Revision);
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(new RunbookVersionSaved(Version(1) with { Revision = 2 }), new RunbookEntrySaved(new("vpn") { Published = 9, Revision = 2 })));
        Assert.Equal(9, (await Runbooks.EntryAsync("vpn", Cancel))!.Published);
    }

    [Fact]
    public async Task Drafts_and_proposals_are_open_and_every_change_of_an_entry_moves_the_stamp()
    {
        Assert.Equal(0, await Runbooks.StampAsync(Cancel));
        foreach (var (status, i) in Enum.GetValues<VersionStatus>().Select((s, i) => (s, i)))
            await CommitAsync(new RunbookVersionSaved(Version(i + 1) with { Status = status, ChangedAt = Samples.Moment.AddMinutes(i) }));
        await CommitAsync(new RunbookEntrySaved(new("vpn") { Revision = 1 }));

        Assert.Equal([VersionStatus.Proposed, VersionStatus.Draft], (await Runbooks.OpenAsync(Cancel)).Select(v => v.Status));
        Assert.Equal([5, 4, 3, 2, 1], (await Runbooks.VersionsAsync("vpn", Cancel)).Select(v => v.Number));
        Assert.Equal([VersionStatus.Published, VersionStatus.Superseded], (await Runbooks.KeptAsync(_ => false, Cancel)).Select(k => Enum.GetValues<VersionStatus>()[k.Number - 1]).Order());
        Assert.Equal(1, await Runbooks.StampAsync(Cancel));
        await CommitAsync(new RunbookEntrySaved(new("vpn") { Revision = 2 }));
        Assert.Equal(2, await Runbooks.StampAsync(Cancel));
    }

    [Fact]
    public async Task A_change_of_a_runbook_wants_a_record() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bot.GetRequiredService<ICommitStore>().CommitAsync(new Commit().Add(new RunbookEntrySaved(new("vpn") { Revision = 1 })), Cancel));

    private static RunbookVersion Version(int number) => new("vpn", number, new("network/vpn.md", "---\nid: vpn\nversion: 1\n---\nText “ü”\n", new Dictionary<string, string> { ["scripts/a.sh"] = "echo\n" }))
    {
        Status = VersionStatus.Draft,
        Origin = VersionOrigin.Console,
        AuthorName = "Ruth",
        ChangedAt = Samples.Moment,
        Revision = 1,
    };

    private Task<CommitOutcome> CommitAsync(params Change[] changes) => _bot.GetRequiredService<ICommitStore>().CommitAsync(Samples.Audited(changes), Cancel);
}
