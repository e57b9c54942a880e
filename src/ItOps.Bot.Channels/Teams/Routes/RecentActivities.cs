using System.Collections.Concurrent;

namespace ItOps.Bot.Channels.Teams.Routes;

/// <summary>The ids of activities that were taken lately: the same one is one turn, whatever else in it differs. What a turn means keeps redeliveries apart for longer.</summary>
internal sealed class RecentActivities
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public bool Contains(string id) => _ids.ContainsKey(id);

    public void Add(string id)
    {
        if (!_ids.TryAdd(id, 0))
            return;
        _order.Enqueue(id);
        if (_order.Count > Capacity && _order.TryDequeue(out var oldest))
            _ids.TryRemove(oldest, out _);
    }
}
