using ItOps.Bot.Benchmarks.Load;
using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Testing.Reporting;

namespace ItOps.Bot.Benchmarks.Turns;

/// <summary>
/// Turns per second and from message to reply, ours and Bolt's "ack then post", in turns in the same run. The same: the requests' bytes, their signatures and
/// the check of them, the generator, the sink that the replies are posted to, the machine. Not the same: Bolt answers with a fixed text and stores nothing;
/// ours commits the message before it acknowledges, reads it, ranks the runbooks, commits conversation and reply, posts it, and commits that it was sent.
/// </summary>
internal static class TurnsBenchmark
{
    private static readonly int[] s_people = [1, 8, 32];

    public static Task<int> RunAsync(Arguments arguments) => Contest.RunAsync("turns", arguments, OursAsync, PeersAsync, MeasureAsync);

    private static async IAsyncEnumerable<Contestant> OursAsync(Contestants start)
    {
        yield return await start.OursInSlackAsync("ItOps.Bot", BenchmarkBot.Staged);
    }

    private static async IAsyncEnumerable<Contestant> PeersAsync(Contestants start, string peers)
    {
        yield return await start.BoltAsync(peers, "Bolt, ack then post", "ackpost");
    }

    private static async Task<List<object>> MeasureAsync(List<Contestant> contestants, ReplySink sink, TimeSpan duration)
    {
        foreach (var contestant in contestants)
        {
            foreach (var people in s_people)
                await new LoadGenerator(sink, contestant).FloodAsync(people, duration / 2);
        }

        var table = new ResultTable(
            System.Console.Out, ("people at once", 22), ("acks/s", 8), ("ack p99", 8), ("replies/s", 9), ("turns/s", 8), ("reply p50", 9), ("reply p99", 9), ("cpu us/turn", 11), ("MB", 5));
        table.Head();
        var results = new List<object>();
        foreach (var people in s_people)
        {
            foreach (var contestant in contestants)
                results.Add(await MeasureAsync(contestant, people, sink, duration, table));
        }

        return results;
    }

    private static async Task<object> MeasureAsync(Contestant contestant, int people, ReplySink sink, TimeSpan duration, ResultTable table)
    {
        var generator = new LoadGenerator(sink, contestant);
        var flood = await generator.FloodAsync(people, duration);
        await contestant.TakeStagesAsync();
        var (before, began) = (contestant.Process.ProcessorTime, TimeProvider.System.GetTimestamp());
        var turns = await generator.ConverseAsync(people, duration);
        var perSecond = turns.Count / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var cpu = (contestant.Process.ProcessorTime - before).TotalMicroseconds / turns.Count;
        var stages = await contestant.TakeStagesAsync();
        table.Row(
            $"{contestant.Name}, {people}",
            Figures.Show(flood.AcknowledgedPerSecond), Figures.Show(flood.Acknowledgement.P99), Figures.Show(flood.AnsweredPerSecond),
            Figures.Show(perSecond), Figures.Show(turns.P50), Figures.Show(turns.P99), Figures.Show(cpu), Figures.Show(contestant.Process.ResidentMegabytes));
        foreach (var (stage, milliseconds) in stages.OrderBy(s => s.Key, StringComparer.Ordinal))
            System.Console.WriteLine($"    {Figures.Show(milliseconds),6} ms  {stage}");
        return new
        {
            who = contestant.Name,
            people,
            acksPerSecond = Figures.Round(flood.AcknowledgedPerSecond),
            ackMs = flood.Acknowledgement.ToJson(),
            repliesPerSecond = Figures.Round(flood.AnsweredPerSecond),
            turnsPerSecond = Figures.Round(perSecond),
            messageToReplyMs = turns.ToJson(),
            cpuMicrosecondsPerTurn = Figures.Round(cpu),
            residentMegabytes = Figures.Round(contestant.Process.ResidentMegabytes),
            stageMs = stages.ToDictionary(s => s.Key, s => Figures.Round(s.Value)),
        };
    }
}
