using System.Collections.Concurrent;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Teams.Routes;

/// <summary>
/// The ways to people and places, learned from authenticated activities only. What is stored is kept in memory as well, so that an activity which teaches nothing new
/// costs neither a read nor a write.
/// </summary>
internal sealed class TeamsRoutes(IRouteStore stored, Committer committer)
{
    /// <summary>Emptied when it is full: what is dropped is read again.</summary>
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<ConversationId, TeamsRoute> _known = new();

    public async Task<TeamsRoute?> FindAsync(ConversationId id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known))
            return known;
        if (await stored.FindAsync(id, cancellationToken) is not { } json)
            return null;
        return Remember(id, TeamsPayloads.Read<TeamsRoute>(json)!);
    }

    /// <summary>What an activity teaches that is not stored yet. Nothing is remembered before it is stored; call <see cref="Stored"/> then.</summary>
    public async Task<IReadOnlyList<RouteSaved>> LearnAsync(TeamsEnvelope envelope, ChannelIdentity? person, CancellationToken cancellationToken)
    {
        var activity = envelope.Activity;
        if (activity is not { Recipient.Id: { Length: > 0 } bot, Conversation.Id: { Length: > 0 } conversation })
            return [];
        var learned = new List<RouteSaved>();
        var route = new TeamsRoute(envelope.ServiceUrl.AbsoluteUri, null, bot, null, envelope.Tenant);
        await AddAsync(TeamsPlace.TenantRouteId(envelope.Tenant), _ => route);
        if (person is not null)
        {
            var own = activity.Conversation.ConversationType is "personal" ? conversation : null;
            await AddAsync(TeamsPlace.Of(person).Id, before => route with { Conversation = own ?? before?.Conversation, User = activity.From!.Id });
        }

        if (activity.Conversation.ConversationType is not "personal")
        {
            var place = TeamsPlace.Shared(envelope.Tenant, conversation).RouteId;
            await AddAsync(place, before => route with
            {
                Conversation = conversation.Split(';', 2)[0],
                People = With(before?.People ?? [], [person is null ? null : activity.From!.Id, .. (activity.MembersAdded ?? []).Select(m => m?.Id).Where(id => id != bot)]),
            });
        }

        return learned;

        async Task AddAsync(ConversationId id, Func<TeamsRoute?, TeamsRoute> learn)
        {
            var before = await FindAsync(id, cancellationToken);
            var after = learn(before);
            if (after != before)
                learned.Add(new(id, TeamsPayloads.Write(after)));
        }
    }

    /// <summary>The changes are durable.</summary>
    public void Stored(IEnumerable<Change> changes)
    {
        foreach (var saved in changes.OfType<RouteSaved>())
        {
            if (saved.Route is { } json)
                Remember(saved.Conversation, TeamsPayloads.Read<TeamsRoute>(json)!);
            else
                _known.TryRemove(saved.Conversation, out _);
        }
    }

    public async Task SaveAsync(ConversationId id, TeamsRoute? route, CancellationToken cancellationToken)
    {
        var commit = new Commit().Add(new RouteSaved(id, route is null ? null : TeamsPayloads.Write(route)));
        await committer.CommitAsync(commit, cancellationToken);
        Stored(commit.Changes);
    }

    private TeamsRoute Remember(ConversationId id, TeamsRoute route)
    {
        if (_known.Count >= Capacity)
            _known.Clear();
        return _known[id] = route;
    }

    /// <summary>Those met before stay in their order: a place where everybody writes must not be stored with every message.</summary>
    private static IReadOnlyList<string> With(IReadOnlyList<string> before, IEnumerable<string?> met)
    {
        var added = met.OfType<string>().Where(id => id.Length > 0 && !before.Contains(id, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        return added.Count == 0 || before.Count >= TeamsLimits.RefreshUsers ? before : [.. before, .. added.Take(TeamsLimits.RefreshUsers - before.Count)];
    }
}
