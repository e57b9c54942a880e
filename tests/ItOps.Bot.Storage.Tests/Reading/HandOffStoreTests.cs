using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Replies;
using ItOps.Bot.Storage.Tests.Setup;
using ItOps.Bot.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Reading;

public sealed class HandOffStoreTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private ServiceProvider _bot = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IHandOffStore HandOffs => _bot.GetRequiredService<IHandOffStore>();

    public ValueTask InitializeAsync()
    {
        _bot = _store.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_hand_off_comes_back_as_it_was_by_its_id_and_by_its_request()
    {
        var whole = Case("h1", "r1") with
        {
            Status = HandOffStatus.Claimed,
            Holder = new(new("P1003"), "Omar Haddad", Samples.Moment, "teams"),
            Messages = [new(true, "Alice", "it <b>burns</b> 😀", Samples.Moment) { Ordinal = 1 }, new(false, "Omar", "run", Samples.Moment) { Ordinal = 2, FromTicket = true }],
            Facts = [new("Error shown", "809")],
            Tried = [new("Tried, worked", "Restart it.")],
            PostedTo = [new("slack", "T0LAB/C0APPROVE")],
            Above = new Dictionary<string, string> { ["slack:T0LAB/U0OMAR"] = "Alice: it burns" },
            End = new("Omar Haddad", Samples.Moment, "put out"),
            Ticket = new("ServiceNow") { Key = "k", Number = "INC0010001", MessagesThere = 1, Cursor = "c", NextAt = Samples.Moment, LeaseUntil = Samples.Moment },
        };
        Assert.Equal(CommitOutcome.Committed, await SaveAsync(whole));

        Assert.Equivalent(whole, await HandOffs.FindAsync("h1", Cancel), strict: true);
        Assert.Equivalent(whole, await HandOffs.ForRequestAsync("r1", Cancel), strict: true);
        Assert.Null(await HandOffs.FindAsync("r1", Cancel));
    }

    [Fact]
    public async Task A_request_has_one_and_of_two_who_claim_it_one_does()
    {
        Assert.Equal(CommitOutcome.Committed, await SaveAsync(Case("h1", "r1")));
        Assert.Equal(CommitOutcome.Conflict, await SaveAsync(Case("h2", "r1")));
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SaveAsync(Case("h1", "r1") with { Version = 2, Holder = new(new($"P{i}"), $"{i}", Samples.Moment, "slack") })));

        Assert.Single(claims, CommitOutcome.Committed);
    }

    [Fact]
    public async Task Open_ones_are_listed_oldest_first_and_tickets_when_they_are_due()
    {
        await SaveAsync(Case("h2", "r2") with { OpenedAt = Samples.Moment.AddMinutes(2), Ticket = new("x") { NextAt = Samples.Moment.AddMinutes(9) } });
        await SaveAsync(Case("h1", "r1") with { Ticket = new("x") { NextAt = Samples.Moment } });
        await SaveAsync(Case("h3", "r3") with { Status = HandOffStatus.Confirmed, Ticket = new("x") });

        Assert.Equal(["h1", "h2"], (await HandOffs.OpenAsync(10, Cancel)).Select(h => h.Id));
        Assert.Equal(["h1"], (await HandOffs.TicketsDueAsync(Samples.Moment, 10, Cancel)).Select(h => h.Id));
        Assert.Equal(["h1", "h2"], (await HandOffs.TicketsDueAsync(Samples.Moment.AddHours(1), 10, Cancel)).Select(h => h.Id));
    }

    [Fact]
    public async Task A_change_of_a_hand_off_needs_its_audit_row_and_a_note_about_its_ticket_does_not()
    {
        await SaveAsync(Case("h1", "r1"));
        var store = _bot.GetRequiredService<ICommitStore>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.CommitAsync(new Commit().Add(new HandOffSaved(Case("h1", "r1") with { Version = 2 })), Cancel));
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(new Commit().Add(new TicketNoted(Case("h1", "r1") with { Version = 2 })), Cancel));
    }

    private Task<CommitOutcome> SaveAsync(HandOffCase handOff) => _bot.GetRequiredService<ICommitStore>().CommitAsync(
        new Commit().Add(new HandOffSaved(handOff)).Audit(AuditEntry.ByBot("handoff.test", handOff.Id, handOff.RequestId)), Cancel);

    private static HandOffCase Case(string id, string request) =>
        new(id, request, "IT-7K2QD", new("P1001"), "Alice") { Version = 1, Group = "it-approvers", Heading = "Alice needs a person.", OpenedAt = Samples.Moment };
}
