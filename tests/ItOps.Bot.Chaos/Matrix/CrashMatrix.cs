using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ItOps.Bot.Testing.Reporting;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>
/// Kills the bot at every point of the story, starts it again and looks. Each case has a database of its own; with more requests each case is repeated.
/// </summary>
internal static class CrashMatrix
{
    private const int KilledBySignal = 128 + 9;

    public static async Task<int> RunAsync(int requests)
    {
        var table = new ResultTable(System.Console.Out, ("killed", 40), ("requests", 8), ("recovered in", 12), ("problems", 8));
        table.Head();
        var (cases, bad) = (0, new List<string>());
        foreach (var story in StoryPlay.All)
        {
            foreach (var point in Enum.GetValues<KillPoint>())
            {
                var (found, slowest) = (new List<string>(), TimeSpan.Zero);
                for (var i = 0; i < requests; i++)
                {
                    var began = TimeProvider.System.GetTimestamp();
                    found.AddRange(await RunAsync(story, point, () => began = TimeProvider.System.GetTimestamp()));
                    slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, TimeProvider.System.GetElapsedTime(began).Ticks));
                }

                cases += requests;
                table.Row($"{story.Name}, {point}", $"{requests}", string.Create(CultureInfo.InvariantCulture, $"{slowest.TotalSeconds:0.0} s"), $"{found.Count}");
                bad.AddRange(found.Select(problem => $"{story.Name}, {point}: {problem}"));
            }
        }

        System.Console.WriteLine(ResultTable.Json(new { command = "matrix", cases, held = bad.Count == 0, problems = bad }));
        return bad.Count == 0 ? 0 : 1;
    }

    private static async Task<IReadOnlyList<string>> RunAsync(StoryPlay story, KillPoint point, Action died)
    {
        var folder = Directory.CreateTempSubdirectory("itops-chaos-").FullName;
        try
        {
            var (code, output) = await StartAsync("child-dies", folder, story.Name, point.ToString());
            if (code != KilledBySignal)
                return [code == StoryChild.Survived ? "the run never came to this point" : $"ended with {code} instead of being killed: {output}"];
            died();
            (code, output) = await StartAsync("child-recovers", folder, story.Name);
            return code == 0 ? JsonSerializer.Deserialize<string[]>(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])! : [$"the restart ended with {code}: {output}"];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return (child.ExitCode, output.Trim());
    }
}
