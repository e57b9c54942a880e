using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Writing;

/// <summary>I3: exactly one decision per approval under any interleaving, also of several processes on one file.</summary>
public sealed class RaceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Of_many_who_decide_at_once_exactly_one_wins(int seed)
    {
        const int approvals = 12, deciders = 10;
        await using var store = new StoreFixture();
        ServiceProvider[] processes = [store.Start(), store.Start(), store.Start()];
        var random = new Random(seed);
        for (var a = 0; a < approvals; a++)
            await processes[0].GetRequiredService<ICommitStore>().CommitAsync(Samples.Audited(new ApprovalSaved(Samples.Approval($"a{a}"))), Cancel);

        var attempts = Enumerable.Range(0, approvals * deciders)
            .Select(n => (Approval: $"a{n / deciders}", Decider: $"person-{n % deciders}", Process: processes[random.Next(processes.Length)], Yields: random.Next(20)))
            .OrderBy(_ => random.Next())
            .ToList();
        var results = await Task.WhenAll(attempts.Select(async attempt =>
        {
            for (var i = 0; i < attempt.Yields; i++)
                await Task.Yield();
            var outcome = await DecideAsync(attempt.Process, attempt.Approval, attempt.Decider);
            return (attempt.Approval, attempt.Decider, outcome);
        }));

        foreach (var ofOne in results.GroupBy(r => r.Approval))
        {
            var winner = Assert.Single(ofOne, r => r.outcome == CommitOutcome.Committed);
            var stored = await processes[1].GetRequiredService<IApprovalStore>().FindAsync(winner.Approval, Cancel);
            Assert.Equal((winner.Decider, 2), (Assert.Single(stored!.Votes).Name, stored.Version));
            var audited = await processes[2].GetRequiredService<IAuditLog>().SearchAsync("decided " + winner.Approval + ".", 100, Cancel);
            Assert.Equal(winner.Decider, Assert.Single(audited).Entry.Actor);
        }

        var verdict = await AuditChain.VerifyAsync(processes[0].GetRequiredService<IAuditLog>(), Cancel);
        Assert.Equal((true, 2L * approvals), (verdict.Ok, verdict.Count));
    }

    [Fact]
    public async Task Processes_that_write_at_once_build_one_chain()
    {
        await using var store = new StoreFixture();
        ServiceProvider[] processes = [store.Start(), store.Start()];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(i =>
            processes[i % 2].GetRequiredService<ICommitStore>().CommitAsync(new Commit().Audit(Samples.Entry(fact: $"{i}")), Cancel)));

        Assert.All(outcomes, o => Assert.Equal(CommitOutcome.Committed, o));
        var verdict = await AuditChain.VerifyAsync(processes[1].GetRequiredService<IAuditLog>(), Cancel);
        Assert.Equal((true, 400L), (verdict.Ok, verdict.Count));
    }

    private static async Task<CommitOutcome> DecideAsync(ServiceProvider process, string approvalId, string decider)
    {
        var approval = (await process.GetRequiredService<IApprovalStore>().FindAsync(approvalId, Cancel))!;
        if (approval.Status != ApprovalStatus.Pending)
            return CommitOutcome.Conflict;
        var decided = Samples.Approval(approvalId, approval.Version + 1, ApprovalStatus.Granted);
        var commit = new Commit()
            .Add(new ApprovalSaved(decided with { Votes = [decided.Votes[0] with { Name = decider }] }))
            .Audit(new AuditEntry("decided " + approvalId + ".", decider, decider, approvalId, "r1", new Dictionary<string, string>()));
        return await process.GetRequiredService<ICommitStore>().CommitAsync(commit, Cancel);
    }
}
