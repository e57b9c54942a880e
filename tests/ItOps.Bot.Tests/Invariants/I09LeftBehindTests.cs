using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I9: runners that are paused, taken over, or never get to an end; operations that throw.</summary>
public sealed class I09LeftBehindTests
{
    [Fact]
    public async Task A_runner_that_was_taken_over_while_it_was_paused_before_its_step_does_not_act()
    {
        await using var bot = await BotHost.StartAsync(s => Add(s, new Scripted()));
        var operation = bot.Operation();
        var request = await bot.AskForScriptedAsync();
        var paused = operation.PauseAtPreview();

        var pressing = bot.Services.GetRequiredService<ApprovalService>()
            .DecideAsync(await bot.Person("omar").PrincipalAsync(), (await bot.PendingApprovalsAsync())[0].Id, Verdict.Approve, null, CancellationToken.None);
        await paused.Reached;
        await pressing;
        await bot.SetRequestAsync(request.Id, "$.LeaseUntil", "2020-01-01T00:00:00+00:00");
        await bot.RunAsync(request.Id);
        Assert.Equal(1, operation.Effects);
        paused.GoOn();
        await bot.SettleAsync();

        Assert.Equal(1, operation.Effects);
        Assert.Equal(RequestStatus.Succeeded, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal(1, await bot.Person("alice").TimesSeen("Did that help?"));
    }

    [Theory]
    [InlineData(Fault.Preview)]
    [InlineData(Fault.Verify)]
    public async Task An_operation_that_always_throws_ends_with_people_and_not_in_a_circle(Fault fault)
    {
        await using var bot = await BotHost.StartAsync(s => Add(s, new Scripted()));
        var request = await bot.AskForScriptedAsync();
        bot.Operation().Fault = fault;

        await bot.Person("omar").Approves();
        for (var i = 0; i < PlanRunner.InterruptionLimit + 3; i++)
            await bot.TimePassesAsync(RunLease.Length + TimeSpan.FromSeconds(1));

        var ended = await bot.RequestAsync(request.Id);
        Assert.Equal(fault == Fault.Preview ? RequestStatus.HandedOff : RequestStatus.Unknown, ended.Status);
        Assert.InRange(bot.Operation().Effects, 0, 1);
        Assert.True(await bot.Person("alice").TimesSeen(fault == Fault.Preview ? Words.English.Failed(ProblemCode.SystemUnavailable) : Words.English.OutcomeUnknown) == 1);
        var before = (await bot.AuditedAsync()).Count;
        await bot.TimePassesAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(before, (await bot.AuditedAsync()).Count);
    }

    [Fact]
    public async Task A_step_that_must_not_be_repeated_becomes_unknown_and_a_person_who_looked_settles_it()
    {
        var commits = new WatchedCommits();
        await using var bot = await BotHost.StartAsync(s =>
        {
            commits.Watch(s);
            Add(s, new Scripted { Replay = ReplayClass.Never });
        });
        var request = await bot.AskForScriptedAsync();
        commits.DieAt("step.succeeded", Death.BeforeStoring);
        await bot.Person("omar").Approves();
        Assert.Equal(1, bot.Operation().Effects);

        await bot.RestartAndTakeOverAsync();
        Assert.Equal(RequestStatus.Unknown, (await bot.RequestAsync(request.Id)).Status);
        await bot.Person("omar").Presses(Verdict.ItHappened);

        Assert.Equal(RequestStatus.Succeeded, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal(0, bot.Operation().Effects);
        Assert.Equal(1, await bot.Person("alice").TimesSeen("Did that help?"));
    }

    [Fact]
    public async Task Asking_for_a_person_while_it_runs_does_not_take_the_run_out_of_its_runners_hands()
    {
        await using var bot = await BotHost.StartAsync(s => Add(s, new Scripted()));
        var request = await bot.AskForScriptedAsync();
        var paused = bot.Operation().PauseAtPreview();
        await bot.Services.GetRequiredService<ApprovalService>()
            .DecideAsync(await bot.Person("omar").PrincipalAsync(), (await bot.PendingApprovalsAsync())[0].Id, Verdict.Approve, null, CancellationToken.None);
        await paused.Reached;

        var alice = bot.Person("alice");
        await bot.Services.GetRequiredService<ITurnIntake>().AcceptAsync(
            new MessageTurn(alice.NewId(), alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), "i want to talk to a human"), CancellationToken.None);
        await bot.Services.GetRequiredService<TurnPump>().WhenIdleAsync();
        paused.GoOn();
        await bot.SettleAsync();

        Assert.Equal(RequestStatus.Succeeded, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal(1, await alice.TimesSeen("Did that help?"));
        Assert.Contains(await bot.RequestsAsync(), r => r.Id != request.Id && r.Status == RequestStatus.HandedOff);
    }

    private static void Add(IServiceCollection services, Scripted operation) =>
        services.AddSingleton<IOperation>(operation).AddSingleton(Policies.Of());
}
