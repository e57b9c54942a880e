using ItOps.Bot.Benchmarks.Load;
using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Testing.Reporting;

namespace ItOps.Bot.Benchmarks.Ack;

/// <summary>
/// How fast a platform's request is acknowledged, ours beside what a user would write instead, in turns in the same run. The same: the generator, the machine,
/// and for Slack the requests' bytes, their signatures and the check of them. Not the same: Bolt and the EchoBot store nothing; ours has the message on disk
/// before it acknowledges. Bolt does nothing after its acknowledgement; ours reads, ranks, answers and posts, on the same cores, so it is measured twice: as it
/// is, and with that work held back. The EchoBot posts its reply before it acknowledges, and checks no token.
/// </summary>
internal static class AckBenchmark
{
    private static readonly int[] s_people = [1, 8, 32];

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    public static Task<int> RunAsync(Arguments arguments) => Contest.RunAsync("ack", arguments, OursAsync, PeersAsync, MeasureAsync);

    private static async IAsyncEnumerable<Contestant> OursAsync(Contestants start)
    {
        yield return await start.OursInSlackAsync("Slack, whole", BenchmarkBot.Whole);
        yield return await start.OursInSlackAsync("Slack, held", BenchmarkBot.Held);
        yield return await start.OursInTeamsAsync("Teams, whole", BenchmarkBot.Whole);
        yield return await start.OursInTeamsAsync("Teams, held", BenchmarkBot.Held);
    }

    private static async IAsyncEnumerable<Contestant> PeersAsync(Contestants start, string peers)
    {
        yield return await start.BoltAsync(peers, "Bolt, ack only", "ack");
        yield return await start.EchoBotAsync(peers);
    }

    private static async Task<List<Row>> MeasureAsync(List<Contestant> contestants, ReplySink sink, TimeSpan duration)
    {
        foreach (var contestant in contestants)
        {
            foreach (var people in s_people)
                await new LoadGenerator(sink, contestant).AcknowledgeAsync(people, duration / 2);
            await QuietAsync(contestant);
        }

        var table = new ResultTable(System.Console.Out, ("people at once", 20), ("acks/s", 8), ("p50", 8), ("p99", 8), ("x Bolt", 8), ("x EchoBot", 9), ("MB", 5));
        table.Head();
        var rows = new List<Row>();
        foreach (var people in s_people)
        {
            var measured = new List<Row>();
            foreach (var contestant in contestants)
            {
                var (perSecond, times) = await new LoadGenerator(sink, contestant).AcknowledgeAsync(people, duration);
                measured.Add(new(contestant.Name, people, Figures.Round(perSecond), Figures.Round(times.P50), Figures.Round(times.P99), Figures.Round(contestant.Process.ResidentMegabytes)));
                await QuietAsync(contestant);
            }

            foreach (var row in measured)
            {
                table.Row(
                    $"{row.Who}, {row.People}", Figures.Show(row.AcksPerSecond), Figures.Show(row.P50), Figures.Show(row.P99),
                    Ratio(row, measured, "Bolt, ack only"), Ratio(row, measured, "EchoBot"), Figures.Show(row.ResidentMegabytes));
            }

            rows.AddRange(measured);
        }

        return rows;
    }

    private static string Ratio(Row row, List<Row> rows, string of) =>
        rows.Find(r => r.Who == of) is { } other ? Figures.Show(row.AcksPerSecond / other.AcksPerSecond) : "";

    /// <summary>Until what the messages set off is done, so that it does not take the next one's share of the machine.</summary>
    private static async Task QuietAsync(Contestant contestant)
    {
        TimeSpan before;
        do
        {
            before = contestant.Process.ProcessorTime;
            await Task.Delay(s_look);
        }
        while (contestant.Process.ProcessorTime - before > s_look / 10);
    }

    /// <summary>Times in milliseconds.</summary>
    private sealed record Row(string Who, int People, double AcksPerSecond, double P50, double P99, double ResidentMegabytes);
}
