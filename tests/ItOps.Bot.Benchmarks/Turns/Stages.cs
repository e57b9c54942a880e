using System.Collections.Concurrent;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Knowledge;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Ports;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Benchmarks.Turns;

/// <summary>Where a turn's time goes: the mean time in each port on its way, and between them, as seen from outside of them.</summary>
internal sealed class Stages
{
    private readonly ConcurrentDictionary<string, (long Ticks, long Count)> _sums = new();
    private readonly ConcurrentDictionary<string, long> _since = new();

    /// <summary>Mean milliseconds by stage since the last call.</summary>
    public IReadOnlyDictionary<string, double> Take()
    {
        var means = _sums.ToDictionary(s => s.Key, s => TimeSpan.FromTicks(s.Value.Ticks).TotalMilliseconds / s.Value.Count);
        _sums.Clear();
        return means;
    }

    public void Install(IServiceCollection services) => services
        .Decorate<ICommitStore>(real => new Store(real, this))
        .Decorate<ITurnHandler>(real => new Handler(real, this))
        .Decorate<IConversationStore>(real => new Conversations(real, this))
        .Decorate<IRetriever>(real => new Retriever(real, this))
        .Decorate<IChannel>(real => new Channel(real, this));

    private void Begin(string id) => _since[id] = TimeProvider.System.GetTimestamp();

    /// <summary>Ends what began under this id, possibly on another thread.</summary>
    private void End(string stage, string id)
    {
        if (_since.TryRemove(id, out var began))
            Add(stage, began);
    }

    private async Task<T> MeasureAsync<T>(string stage, Func<Task<T>> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = await work();
        Add(stage, began);
        return result;
    }

    private void Add(string stage, long began)
    {
        var ticks = TimeProvider.System.GetElapsedTime(began).Ticks;
        _sums.AddOrUpdate(stage, (ticks, 1), (_, sum) => (sum.Ticks + ticks, sum.Count + 1));
    }

    private sealed class Store(ICommitStore real, Stages stages) : ICommitStore
    {
        public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
        {
            var (stage, after, id) = commit.Changes switch
            {
                [TurnAccepted accepted] => ("1 commit: turn accepted", true, accepted.Turn.Id),
                [MessageSent sent] => ("8 commit: message sent (after the reply)", false, sent.MessageId),
                var changes when changes.OfType<MessageQueued>().FirstOrDefault() is { } queued => ("5 commit: turn handled, reply queued", true, queued.Message.Id),
                _ => ("other commits", false, ""),
            };
            var outcome = await stages.MeasureAsync(stage, () => real.CommitAsync(commit, cancellationToken));
            if (after)
                stages.Begin(id);
            return outcome;
        }
    }

    private sealed class Handler(ITurnHandler real, Stages stages) : ITurnHandler
    {
        public Task HandleAsync(Turn turn, CancellationToken cancellationToken)
        {
            stages.End("2 waiting for a worker", turn.Id);
            return real.HandleAsync(turn, cancellationToken);
        }
    }

    private sealed class Conversations(IConversationStore real, Stages stages) : IConversationStore
    {
        public Task<ConversationContext> LoadAsync(ConversationId id, CancellationToken cancellationToken) =>
            stages.MeasureAsync("3 conversation read", () => real.LoadAsync(id, cancellationToken));
    }

    private sealed class Retriever(IRetriever real, Stages stages) : IRetriever
    {
        public Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken) =>
            stages.MeasureAsync("4 runbooks ranked", () => real.RetrieveAsync(text, cancellationToken));
    }

    private sealed class Channel(IChannel real, Stages stages) : IChannel
    {
        public string Name => real.Name;

        public bool TakesAnswers => real.TakesAnswers;

        public bool CarriesCodes => real.CarriesCodes;

        public Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
        {
            stages.End("6 waiting for the sender", delivery.Id);
            return stages.MeasureAsync("7 posted over HTTP", () => real.SendAsync(delivery, cancellationToken));
        }

        public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken) => real.UpdateAsync(message, reply, cancellationToken);

        public Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken) =>
            real.DirectConversationAsync(person, cancellationToken);
    }
}
