using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Requests;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Reading;

/// <summary>Requests of one message, and approvals that share a card.</summary>
public sealed class GroupStoreTests : IAsyncLifetime
{
    private static readonly GroupPlace First = new("g1", 1, 3);

    private readonly StoreFixture _store = new();
    private ServiceProvider _bot = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IRequestStore Requests => _bot.GetRequiredService<IRequestStore>();

    public ValueTask InitializeAsync()
    {
        _bot = _store.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_requests_of_a_group_come_in_the_order_of_their_places()
    {
        await Commit(
            new RequestSaved(Samples.Request("c") with { Group = First with { Number = 3 } }), new RequestSaved(Samples.Request("a") with { Group = First }),
            new RequestSaved(Samples.Request("b") with { Group = First with { Number = 2 } }), new RequestSaved(Samples.Request("other") with { Group = First with { Id = "g2" } }),
            new RequestSaved(Samples.Request("alone")));

        Assert.Equal(["a", "b", "c"], (await Requests.ForGroupAsync("g1", Cancel)).Select(r => r.Id));
        Assert.Empty(await Requests.ForGroupAsync("g3", Cancel));
    }

    [Fact]
    public async Task What_waits_for_another_request_is_found_as_held_and_not_as_abandoned()
    {
        var held = First with { Number = 2, After = [new("a", "IT-1")], AskedAbout = ["x"], Without = ["y"] };
        await Commit(new RequestSaved(Samples.Request("b", status: RequestStatus.Approved) with { LeaseUntil = null, Group = held }));
        Assert.Equal(["g1"], await Requests.HeldGroupsAsync("", 10, Cancel));
        Assert.Empty(await AbandonedAsync());
        Assert.Equivalent(held, (await Requests.FindAsync("b", Cancel))!.Group, strict: true);

        await Commit(new RequestSaved(Samples.Request("b", version: 2, status: RequestStatus.Approved) with { LeaseUntil = null, Group = held with { IsReleased = true } }));
        Assert.Empty(await Requests.HeldGroupsAsync("", 10, Cancel));
        Assert.Equal(["b"], await AbandonedAsync());
    }

    [Theory]
    [InlineData(RequestStatus.AwaitingApproval, true)]
    [InlineData(RequestStatus.Approved, true)]
    [InlineData(RequestStatus.Denied, false)]
    [InlineData(RequestStatus.Cancelled, false)]
    public async Task Only_what_may_still_run_is_held(RequestStatus status, bool isHeld)
    {
        await Commit(new RequestSaved(Samples.Request("b", status: status) with { Group = First with { After = [new("a", "IT-1")] } }));

        Assert.Equal(isHeld, (await Requests.HeldGroupsAsync("", 10, Cancel)).Count == 1);
    }

    [Fact]
    public async Task Of_many_groups_that_wait_some_are_read_at_once_and_each_has_its_turn()
    {
        var held = First with { Number = 2, After = [new("a", "IT-1")] };
        await Commit([.. Enumerable.Range(1, 5).SelectMany(i => new[] { 2, 3 }.Select(n => new RequestSaved(Samples.Request($"{i}-{n}", status: RequestStatus.Approved) with { Group = held with { Id = $"g{i}", Number = n } })))]);

        Assert.Equal(["g1", "g2"], await Requests.HeldGroupsAsync("", 2, Cancel));
        Assert.Equal(["g3", "g4"], await Requests.HeldGroupsAsync("g2", 2, Cancel));
        Assert.Equal(["g5"], await Requests.HeldGroupsAsync("g4", 2, Cancel));
    }

    [Fact]
    public async Task Approvals_that_share_a_card_are_found_by_it_as_they_are_now()
    {
        await Commit(
            new ApprovalSaved(Samples.Approval("a") with { Bundle = "all-1" }), new ApprovalSaved(Samples.Approval("b") with { Bundle = "all-1" }),
            new ApprovalSaved(Samples.Approval("c") with { Bundle = "all-2" }), new ApprovalSaved(Samples.Approval("d")));
        await Commit(new ApprovalSaved(Samples.Approval("b", version: 2, status: ApprovalStatus.Denied) with { Bundle = "all-1" }));

        var store = _bot.GetRequiredService<IApprovalStore>();
        Assert.Equal([("a", ApprovalStatus.Pending), ("b", ApprovalStatus.Denied)], (await store.ForBundleAsync("all-1", Cancel)).Select(a => (a.Id, a.Status)).Order());
        Assert.Empty(await store.ForBundleAsync("a", Cancel));
    }

    private async Task<IEnumerable<string>> AbandonedAsync() => (await Requests.AbandonedAsync(Samples.Moment.AddDays(1), 10, Cancel)).Select(r => r.Id);

    private Task<CommitOutcome> Commit(params Change[] changes) => _bot.GetRequiredService<ICommitStore>().CommitAsync(Samples.Audited(changes), Cancel);
}
