using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Testing.Reporting;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>One run in which ours and the peers are measured beside each other, on the same machine and with the same sink.</summary>
internal static class Contest
{
    /// <param name="command">The verb, for the closing line.</param>
    /// <param name="arguments">"--seconds" for each measurement, "--peers" for where the peers' programs are.</param>
    /// <param name="ours">Starts our bots.</param>
    /// <param name="peers">Starts what a user would write instead, from the folder with the peers; not called where they cannot be had.</param>
    /// <param name="measure">Measures all, prints the table, and returns its rows.</param>
    public static async Task<int> RunAsync<TRow>(
        string command,
        Arguments arguments,
        Func<Contestants, IAsyncEnumerable<Contestant>> ours,
        Func<Contestants, string, IAsyncEnumerable<Contestant>> peers,
        Func<List<Contestant>, ReplySink, TimeSpan, Task<List<TRow>>> measure)
    {
        var machine = Machine.Now();
        System.Console.WriteLine($"{machine}; bot, sink and generator share them");
        var duration = TimeSpan.FromSeconds(arguments.Number("--seconds", 5));
        var scratch = Directory.CreateTempSubdirectory($"itops-{command}-").FullName;
        var sinkPort = FreePort.Next();
        using var teams = new TeamsRequest(sinkPort);
        await using var sink = new ReplySink(sinkPort, teams);
        await sink.StartAsync();
        var contestants = new List<Contestant>();
        try
        {
            var start = new Contestants(scratch, sinkPort, teams);
            await foreach (var own in ours(start))
                contestants.Add(own);
            if (await Peers.PrepareAsync(arguments.Text("--peers"), scratch) is { } folder)
            {
                await foreach (var peer in peers(start, folder))
                    contestants.Add(peer);
            }

            var results = await measure(contestants, sink, duration);
            System.Console.WriteLine(ResultTable.Json(new { command, machine, results }));
            return 0;
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
        {
            System.Console.WriteLine($"Broken off: {failure.Message}");
            contestants.ForEach(c => System.Console.WriteLine($"{c.Name} last said: {c.Process.LastError}"));
            return 1;
        }
        finally
        {
            contestants.ForEach(c => c.Dispose());
            Directory.Delete(scratch, recursive: true);
        }
    }
}
