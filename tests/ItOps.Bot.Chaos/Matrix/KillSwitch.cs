using System.Diagnostics;
using ItOps.Bot.Accounts;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>
/// Stands in front of the ports on which a run leans, and kills its own process (SIGKILL) when the step of the story comes to a point. What happens within a target of
/// its own process is for the target to kill at.
/// </summary>
internal sealed class KillSwitch(KillPoint point, Script script)
{
    private int _starting;
    private int _started;
    private int _written;
    private int _answered;
    private int _ended;

    public void Install(IServiceCollection services) => services
        .Decorate<ICommitStore>(real => new Store(real, this))
        .Decorate<ISandboxState>(real => new Sandbox(real, this))
        .Decorate<IAccountDirectory>(real => new Directory(real, this))
        .Decorate<IChannel>(real => new Channel(real, this));

    /// <summary>Dies at the point when as many steps have passed it as end before.</summary>
    private void Pass(KillPoint here, ref int passed)
    {
        if (here == point && Interlocked.Increment(ref passed) > script.StepsBefore)
            Die();
    }

    /// <summary>Whether everything has ended and the news of it dies here.</summary>
    private bool DiesNow(KillPoint here) => here == point && Volatile.Read(ref _ended) >= script.Play.Ends.Count;

    private static void Die()
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private sealed class Store(ICommitStore real, KillSwitch killer) : ICommitStore
    {
        public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
        {
            var starts = commit.Changes.Any(c => c is StepJournaled { Step.Status: StepStatus.Started });
            if (starts)
                killer.Pass(KillPoint.BeforeStarted, ref killer._starting);
            var outcome = await real.CommitAsync(commit, cancellationToken);
            if (starts)
                killer.Pass(KillPoint.AfterStarted, ref killer._started);
            if (commit.Changes.Any(c => c is RequestSaved { Request.Status: RequestStatus.Succeeded or RequestStatus.HandedOff }))
                Interlocked.Increment(ref killer._ended);
            return outcome;
        }
    }

    /// <summary>Each line of the sandbox's ledger is one effect.</summary>
    private sealed class Sandbox(ISandboxState real, KillSwitch killer) : ISandboxState
    {
        public async Task<bool> WriteAsync(
            IReadOnlyList<SandboxDocument> documents, IReadOnlyList<SandboxEffect> effects, CancellationToken cancellationToken)
        {
            var written = await real.WriteAsync(documents, effects, cancellationToken);
            if (effects.Count > 0)
                killer.Pass(KillPoint.BeforeAnswer, ref killer._written);
            return written;
        }

        public Task<SandboxDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken) => real.FindAsync(kind, id, cancellationToken);

        public Task<IReadOnlyList<SandboxDocument>> AllAsync(string kind, CancellationToken cancellationToken) => real.AllAsync(kind, cancellationToken);

        public Task<IReadOnlyList<SandboxEffect>> EffectsAsync(CancellationToken cancellationToken) => real.EffectsAsync(cancellationToken);
    }

    private sealed class Directory(IAccountDirectory real, KillSwitch killer) : DirectoryInFront(real)
    {
        protected override async Task<Result<Done>> ChangeAsync(Func<Task<Result<Done>>> change)
        {
            var answer = await change();
            killer.Pass(KillPoint.AfterEffect, ref killer._answered);
            return answer;
        }
    }

    /// <summary>The messages of interest are those that tell of the end; what was sent before has been sent.</summary>
    private sealed class Channel(IChannel real, KillSwitch killer) : IChannel
    {
        public string Name => real.Name;

        public bool TakesAnswers => real.TakesAnswers;

        public bool CarriesCodes => real.CarriesCodes;

        public async Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
        {
            if (killer.DiesNow(KillPoint.BeforeSending))
                Die();
            var posted = await real.SendAsync(delivery, cancellationToken);
            if (killer.DiesNow(KillPoint.AfterSendingBeforeMarking))
                Die();
            return posted;
        }

        public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken) => real.UpdateAsync(message, reply, cancellationToken);

        public Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken) =>
            real.DirectConversationAsync(person, cancellationToken);
    }
}
