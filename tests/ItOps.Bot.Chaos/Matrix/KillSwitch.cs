using System.Diagnostics;
using ItOps.Bot.Accounts;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>Stands in front of the ports on which a run leans, and kills its own process (SIGKILL) when the run comes to a point.</summary>
internal sealed class KillSwitch(KillPoint point)
{
    private volatile bool _succeeded;

    public void Install(IServiceCollection services) => services
        .Decorate<ICommitStore>(real => new Store(real, this))
        .Decorate<ISandboxState>(real => new Sandbox(real, this))
        .Decorate<IChannel>(real => new Channel(real, this));

    private void Reach(KillPoint here)
    {
        if (here != point)
            return;
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private sealed class Store(ICommitStore real, KillSwitch killer) : ICommitStore
    {
        public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
        {
            var starts = commit.Changes.Any(c => c is StepJournaled { Step.Status: StepStatus.Started });
            if (starts)
                killer.Reach(KillPoint.BeforeStarted);
            var outcome = await real.CommitAsync(commit, cancellationToken);
            if (starts)
                killer.Reach(KillPoint.AfterStarted);
            killer._succeeded |= commit.Changes.Any(c => c is RequestSaved { Request.Status: RequestStatus.Succeeded });
            return outcome;
        }
    }

    private sealed class Sandbox(ISandboxState real, KillSwitch killer) : ISandboxState
    {
        public async Task<bool> WriteAsync(
            IReadOnlyList<SandboxDocument> documents, IReadOnlyList<SandboxEffect> effects, CancellationToken cancellationToken)
        {
            var written = await real.WriteAsync(documents, effects, cancellationToken);
            if (effects.Count > 0)
                killer.Reach(KillPoint.AfterEffect);
            return written;
        }

        public Task<SandboxDocument?> FindAsync(string kind, string id, CancellationToken cancellationToken) => real.FindAsync(kind, id, cancellationToken);

        public Task<IReadOnlyList<SandboxDocument>> AllAsync(string kind, CancellationToken cancellationToken) => real.AllAsync(kind, cancellationToken);

        public Task<IReadOnlyList<SandboxEffect>> EffectsAsync(CancellationToken cancellationToken) => real.EffectsAsync(cancellationToken);
    }

    /// <summary>The messages of interest are those that tell of the end; what was sent before has been sent.</summary>
    private sealed class Channel(IChannel real, KillSwitch killer) : IChannel
    {
        public string Name => real.Name;

        public bool TakesAnswers => real.TakesAnswers;

        public bool CarriesCodes => real.CarriesCodes;

        public async Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
        {
            if (killer._succeeded)
                killer.Reach(KillPoint.BeforeSending);
            var posted = await real.SendAsync(delivery, cancellationToken);
            if (killer._succeeded)
                killer.Reach(KillPoint.AfterSendingBeforeMarking);
            return posted;
        }

        public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken) => real.UpdateAsync(message, reply, cancellationToken);

        public Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken) =>
            real.DirectConversationAsync(person, cancellationToken);
    }
}
