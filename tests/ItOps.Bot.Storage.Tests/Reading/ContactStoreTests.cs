using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Reading;

public sealed class ContactStoreTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private ServiceProvider _bot = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IContactStore Contacts => _bot.GetRequiredService<IContactStore>();

    public ValueTask InitializeAsync()
    {
        _bot = _store.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task What_was_seen_comes_back_as_it_was_stored()
    {
        var seen = Seen("P1", 1, fromBaseline: false);
        await Commit(new ContactsSaved(seen));

        Assert.Equivalent(seen, await Contacts.FindAsync(seen.Person, Cancel), strict: true);
        Assert.Null(await Contacts.FindAsync(new("P2"), Cancel));
    }

    [Fact]
    public async Task Of_two_looks_at_the_same_moment_one_is_kept()
    {
        Assert.Equal(CommitOutcome.Committed, await Commit(new ContactsSaved(Seen("P1", 1))));
        Assert.Equal(CommitOutcome.Conflict, await Commit(new ContactsSaved(Seen("P1", 1))));
        Assert.Equal(CommitOutcome.Committed, await Commit(new ContactsSaved(Seen("P1", 2))));
        Assert.Equal(CommitOutcome.Conflict, await Commit(new ContactsSaved(Seen("P1", 2))));
    }

    [Fact]
    public async Task Pages_follow_each_other_by_id_and_end()
    {
        foreach (var id in (string[])["P3", "P1", "P2"])
            await Commit(new ContactsSaved(Seen(id, 1)));

        var first = await Contacts.PageAsync(null, 2, Cancel);
        var second = await Contacts.PageAsync(first[^1].Person, 2, Cancel);

        Assert.Equal(["P1", "P2", "P3"], first.Concat(second).Select(s => s.Person.Value));
        Assert.Empty(await Contacts.PageAsync(second[^1].Person, 2, Cancel));
        Assert.Equal(["P1", "P3"], (await Contacts.OfAsync([new("P3"), new("P1"), new("P9")], Cancel)).Select(s => s.Person.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whose_routes_changed_since_a_moment_is_found_the_newest_first()
    {
        await Commit(new ContactsSaved(Seen("P1", 1, fromBaseline: true)));
        await Commit(new ContactsSaved(Seen("P2", 1, fromBaseline: false, hours: 1)));
        await Commit(new ContactsSaved(Seen("P3", 1, fromBaseline: false, hours: 2)));

        Assert.Equal(["P3", "P2"], (await Contacts.ChangedAsync(Samples.Moment, 10, Cancel)).Select(s => s.Person.Value));
        Assert.Equal(["P3"], (await Contacts.ChangedAsync(Samples.Moment.AddHours(1), 10, Cancel)).Select(s => s.Person.Value));
    }

    [Fact]
    public async Task The_first_look_begins_once_and_ends_once()
    {
        Assert.Null(await Contacts.BaselineAsync(Cancel));
        var begun = new ContactBaseline(Samples.Moment, null);

        Assert.Equal(CommitOutcome.Committed, await Commit(new ContactBaselineSaved(begun)));
        Assert.Equal(CommitOutcome.Conflict, await Commit(new ContactBaselineSaved(begun with { BegunAt = Samples.Moment.AddDays(1) })));
        Assert.Equal(begun, await Contacts.BaselineAsync(Cancel));
        var ended = begun with { EndedAt = Samples.Moment.AddMinutes(1) };
        Assert.Equal(CommitOutcome.Committed, await Commit(new ContactBaselineSaved(ended)));
        Assert.Equal(CommitOutcome.Conflict, await Commit(new ContactBaselineSaved(ended)));
        Assert.Equal(ended, await Contacts.BaselineAsync(Cancel));
    }

    private static PersonContacts Seen(string id, int version, bool fromBaseline = true, int hours = 0) => new(
        new(id),
        [
            new(ContactRoute.Of(new("slack", "T0LAB", "U0" + id)), ContactSource.File, Samples.Moment.AddHours(hours), fromBaseline),
            new(ContactRoute.Mail($"{id}@example.com"), ContactSource.Directory, Samples.Moment, true),
        ])
    {
        Version = version,
    };

    private Task<CommitOutcome> Commit(Change change) => _bot.GetRequiredService<ICommitStore>().CommitAsync(Samples.Audited(change), Cancel);
}
