using ItOps.Bot.Benchmarks.Measuring;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>So many people at once, each with a connection of their own and another conversation with each message, until the time is over.</summary>
internal sealed class LoadGenerator(ReplySink sink, Contestant contestant)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Everybody writes again as soon as the message is acknowledged; nobody waits for replies.</summary>
    public async Task<(double PerSecond, Figures Acknowledgement)> AcknowledgeAsync(int people, TimeSpan duration)
    {
        var began = TimeProvider.System.GetTimestamp();
        var acknowledged = await RunAsync(people, duration, awaitReply: false);
        return (acknowledged.Count / TimeProvider.System.GetElapsedTime(began).TotalSeconds, acknowledged);
    }

    /// <summary>The same, and replies, which may lag, are waited for at the end.</summary>
    public async Task<Flood> FloodAsync(int people, TimeSpan duration)
    {
        var before = sink.Count;
        var began = TimeProvider.System.GetTimestamp();
        var (perSecond, acknowledged) = await AcknowledgeAsync(people, duration);
        while (sink.Count - before < acknowledged.Count)
        {
            if (TimeProvider.System.GetElapsedTime(began) > duration + s_patience)
                throw new InvalidOperationException($"{acknowledged.Count - (sink.Count - before)} of {acknowledged.Count} messages were never answered");
            await Task.Delay(1);
        }

        var answered = TimeProvider.System.GetElapsedTime(began);
        return new(perSecond, acknowledged.Count / answered.TotalSeconds, acknowledged);
    }

    /// <summary>Everybody waits for the reply before they write again.</summary>
    public Task<Figures> ConverseAsync(int people, TimeSpan duration) => RunAsync(people, duration, awaitReply: true);

    private async Task<Figures> RunAsync(int people, TimeSpan duration, bool awaitReply)
    {
        var began = TimeProvider.System.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, people).Select(async _ =>
        {
            using var connection = new KeepAliveConnection();
            await connection.ConnectAsync(contestant.Port);
            var own = new List<double>();
            while (TimeProvider.System.GetElapsedTime(began) < duration)
                own.Add(await SendAsync(connection, contestant.NextNumber(), awaitReply));
            return own;
        }));
        return new(times.SelectMany(t => t));
    }

    private async Task<double> SendAsync(KeepAliveConnection connection, int number, bool awaitReply)
    {
        var request = contestant.Request(number);
        var reply = awaitReply ? sink.ReplyTo(contestant.Conversation(number)) : Task.CompletedTask;
        var sent = TimeProvider.System.GetTimestamp();
        await connection.SendAsync(request);
        await reply.WaitAsync(s_patience);
        return TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds;
    }
}

/// <param name="AcknowledgedPerSecond">While messages were sent.</param>
/// <param name="AnsweredPerSecond">Until the last reply had come.</param>
/// <param name="Acknowledgement">From message to acknowledgement.</param>
internal sealed record Flood(double AcknowledgedPerSecond, double AnsweredPerSecond, Figures Acknowledgement);
