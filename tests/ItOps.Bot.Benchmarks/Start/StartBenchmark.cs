using System.Diagnostics;
using System.Globalization;
using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Testing.Reporting;

namespace ItOps.Bot.Benchmarks.Start;

/// <summary>From the start of the published program to its first "ready", on a new database and on one that exists; and its memory once it rests. The processor time tells more than the clock on a machine that is busy with other things.</summary>
internal static class StartBenchmark
{
    private const int UsualRuns = 7;

    /// <summary>What a start leaves to do (alarms, warming up) is done long before.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(8);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var machine = Machine.Now();
        var folder = Directory.CreateTempSubdirectory("itops-start-").FullName;
        var bot = Path.GetFullPath(arguments.Text("--bot") ?? await PublishAsync(Path.Combine(folder, "published")));
        System.Console.WriteLine($"{bot}, {machine}");
        var runs = arguments.Number("--runs", UsualRuns);
        await StartAsync(bot, Path.Combine(folder, "first"), settle: false); // Reads the program into the disk's cache.

        var (fresh, existing, work, memory) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < runs; i++)
        {
            var data = Path.Combine(folder, $"{i}");
            fresh.Add((await StartAsync(bot, data, settle: false)).Milliseconds);
            var (milliseconds, processor, megabytes) = await StartAsync(bot, data, settle: i < 3);
            existing.Add(milliseconds);
            work.Add(processor);
            if (megabytes is { } settled)
                memory.Add(settled);
        }

        Directory.Delete(folder, recursive: true);
        Report(runs, machine, new(fresh), new(existing), new(work), new(memory));
        return 0;
    }

    private static void Report(int runs, Machine machine, Figures fresh, Figures existing, Figures work, Figures memory)
    {
        var table = new ResultTable(System.Console.Out, ("", 28), ("median", 8), ("min", 8), ("max", 8));
        table.Head();
        foreach (var (what, figures) in new[]
        {
            ("ready, new database, ms", fresh), ("ready, existing database, ms", existing), ("its processor time, ms", work), ("memory at rest, MB", memory),
        })
        {
            table.Row(what, Figures.Show(figures.P50), Figures.Show(figures.Min), Figures.Show(figures.Max));
        }

        System.Console.WriteLine(ResultTable.Json(new
        {
            command = "start",
            runs,
            machine,
            readyMs = new { newDatabase = Figures.Round(fresh.P50), existingDatabase = Figures.Round(existing.P50), processorTime = Figures.Round(work.P50) },
            idleMegabytes = Figures.Round(memory.P50),
        }));
    }

    private static async Task<(double Milliseconds, double Processor, double? Megabytes)> StartAsync(string bot, string data, bool settle)
    {
        Directory.CreateDirectory(data);
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var began = TimeProvider.System.GetTimestamp();
        using var child = new ChildProcess(bot, ["--urls", address], data, ("ASPNETCORE_ENVIRONMENT", "Development"), ("Logs__Folder", Path.Combine(data, "logs")));
        await Readiness.WaitAsync(child, new($"{address}/healthz/ready"));
        var milliseconds = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        var processor = child.ProcessorTime.TotalMilliseconds;
        if (!settle)
            return (milliseconds, processor, null);
        await Task.Delay(s_settling);
        return (milliseconds, processor, child.ResidentMegabytes);
    }

    private static async Task<string> PublishAsync(string output)
    {
        System.Console.WriteLine("publishing the bot");
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Repository.Root, "src/ItOps.Bot"), "-c", "Release", "-o", output, "-nodeReuse:false"]) { RedirectStandardOutput = true };
        using var publishing = Process.Start(start)!;
        var said = await publishing.StandardOutput.ReadToEndAsync();
        await publishing.WaitForExitAsync();
        return publishing.ExitCode == 0 ? Path.Combine(output, "ItOps.Bot") : throw new ArgumentException($"the bot could not be published:\n{said}");
    }
}
