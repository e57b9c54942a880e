using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Requests;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Core.Tests.Execution;

public sealed class RunDispatcherTests
{
    [Fact]
    public async Task Sweeps_come_through_all_groups_that_wait_and_begin_again()
    {
        var waiting = new Waiting(250);
        await using var dispatcher = new RunDispatcher(waiting, null!, null!, TimeProvider.System, NullLogger<RunDispatcher>.Instance);

        for (var i = 0; i < 5; i++)
            await dispatcher.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["", "g099", "g199", "", "g099"], waiting.Asked);
    }

    private sealed class Waiting(int groups) : IRequestStore
    {
        public List<string> Asked { get; } = [];

        public Task<IReadOnlyList<string>> HeldGroupsAsync(string after, int take, CancellationToken cancellationToken)
        {
            Asked.Add(after);
            return Task.FromResult<IReadOnlyList<string>>(
                [.. Enumerable.Range(0, groups).Select(i => $"g{i:d3}").Where(g => string.CompareOrdinal(g, after) > 0).Take(take)]);
        }

        public Task<IReadOnlyList<ServiceRequest>> AbandonedAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ServiceRequest>>([]);

        public Task<ServiceRequest?> FindAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ServiceRequest>> ByRequesterAsync(PersonId requester, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ServiceRequest>> RecentAsync(int take, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ServiceRequest>> ForGroupAsync(string groupId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> CountSinceAsync(PersonId requester, DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<StepRecord>> StepsAsync(string requestId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
