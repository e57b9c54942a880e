using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Channels;

/// <summary>
/// Keeps account of requests that were turned away. Each is counted; of each kind at most one a minute is logged and audited, with how many there were, so that
/// a flood of forgeries fills neither the log nor the audit.
/// </summary>
internal sealed class Refusals(Committer committer, TimeProvider time, ILogger<Refusals> log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Channel, string Why), Count> _counts = [];

    /// <param name="channel">The channel's name.</param>
    /// <param name="why">One word or two from our own list, such as "bad signature"; never text from the request.</param>
    /// <param name="detail">For the log: what exactly, and how to mend it when it is ours to mend.</param>
    /// <param name="cancellationToken">Ends the waiting for the audit.</param>
    public async Task NoteAsync(string channel, string why, string detail, CancellationToken cancellationToken)
    {
        Telemetry.Refused.Add(1, new KeyValuePair<string, object?>("channel", channel), new("why", why));
        if (Take((channel, why)) is not { } times)
            return;
        log.LogWarning("{Channel} request refused, {Why}: {Detail} ({Times} since the last such line)", channel, why, detail, times);
        try
        {
            await committer.CommitAsync(new Commit().Audit(AuditEntry.ByBot("channel.refused", channel, null, ("why", why), ("times", $"{times}"))), cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            log.LogError(e, "A refused {Channel} request could not be audited", channel);
        }
    }

    /// <summary>How many to report now; none when this kind was reported less than a minute ago.</summary>
    private int? Take((string, string) kind)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var count = _counts.GetValueOrDefault(kind) ?? (_counts[kind] = new());
            count.Since++;
            if (now < count.NextReport)
                return null;
            var times = count.Since;
            (count.Since, count.NextReport) = (0, now + Quiet);
            return times;
        }
    }

    private sealed class Count
    {
        public int Since { get; set; }

        public DateTimeOffset NextReport { get; set; }
    }
}
