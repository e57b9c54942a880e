using ItOps.Bot.Channels.Teams.Routes;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Teams.Invokes;

/// <summary>Takes what a proved activity means: durable before it is answered, and worked on afterwards.</summary>
internal sealed class InboundActivities(ITurnIntake intake, Committer committer, TeamsRoutes routes, ViewerCards cards, TimeProvider time) : IDisposable
{
    private readonly RecentActivities _recent = new();
    private readonly SemaphoreSlim _greeting = new(1, 1);

    /// <summary>Accepts the turn, once; the answer is for an invoke.</summary>
    /// <exception cref="StoreUnavailableException">It was not stored and is not taken.</exception>
    public async Task<InvokeAnswer> TakeAsync(TeamsEnvelope envelope, Did did, CancellationToken cancellationToken)
    {
        var activityId = envelope.Activity.Id is { Length: > 0 } id ? $"{envelope.Activity.Conversation?.Id} {id}" : null;
        if (activityId is null || !_recent.Contains(activityId))
        {
            var learned = await routes.LearnAsync(envelope, did.Turn.From, cancellationToken);
            List<Change> along = [.. learned];
            if (did.Shared is { } place)
                along.Add(Say(place, new(Words.English.AnsweredInDirect)));
            if (await intake.AcceptAsync(did.Turn, along, cancellationToken))
                routes.Stored(learned);
            if (activityId is not null)
                _recent.Add(activityId);
        }

        return envelope.Activity.Type != "invoke" ? Done : InvokeAnswer.Card(did.Turn switch
        {
            DecisionTurn decision => await cards.AfterDecisionAsync(envelope, decision, cancellationToken),
            ChoiceTurn choice => cards.AfterChoice(choice.ChoiceId),
            _ => TeamsRenderer.Saying(Words.English.GotIt),
        });
    }

    public async Task<InvokeAnswer> RefreshAsync(TeamsEnvelope envelope, Refreshes refreshes, CancellationToken cancellationToken)
    {
        await LearnAsync(envelope, refreshes.Person, null, cancellationToken);
        return await cards.OfApprovalAsync(envelope, refreshes.Person, refreshes.ApprovalId, cancellationToken) is { } card
            ? InvokeAnswer.Card(card)
            : InvokeAnswer.Error(404, "NoSuchCard", Words.English.NoSuchCard);
    }

    /// <summary>Remembers the way, and greets whoever was not known before; Teams tells of one installation twice.</summary>
    public async Task AddedAsync(TeamsEnvelope envelope, Added added, CancellationToken cancellationToken)
    {
        await _greeting.WaitAsync(cancellationToken);
        try
        {
            var place = added.Person is { } person ? TeamsPlace.Of(person) : null;
            var isNew = place is not null && await routes.FindAsync(place.RouteId, cancellationToken) is not { Conversation: not null };
            await LearnAsync(envelope, TeamsTurnTranslator.PersonOf(envelope), isNew ? Say(place!, new(Words.English.Hello)) : null, cancellationToken);
        }
        finally
        {
            _greeting.Release();
        }
    }

    public async Task RemovedAsync(Removed removed, CancellationToken cancellationToken)
    {
        if (removed.Place is { } place && await routes.FindAsync(place.RouteId, cancellationToken) is not null)
            await routes.SaveAsync(place.RouteId, null, cancellationToken);
    }

    public void Dispose() => _greeting.Dispose();

    /// <summary>Not a turn, so it needs no inbox: doing it twice changes nothing.</summary>
    private async Task LearnAsync(TeamsEnvelope envelope, ChannelIdentity? person, MessageQueued? say, CancellationToken cancellationToken)
    {
        var learned = await routes.LearnAsync(envelope, person, cancellationToken);
        var commit = new Commit();
        foreach (var route in learned)
            commit.Add(route);
        if (say is not null)
            commit.Add(say);
        if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
            routes.Stored(learned);
    }

    private static InvokeAnswer Done { get; } = InvokeAnswer.Card(TeamsRenderer.Saying(Words.English.GotIt));

    private MessageQueued Say(TeamsPlace place, Reply reply) => new(new(Id.New(time), place.Id, reply, time.GetUtcNow()));
}
