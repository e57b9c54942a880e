using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Chaos.Matrix.Targets;
using ItOps.Bot.Testing.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>
/// Kills the bot at every point of every story that a directory offers, starts it again and looks: at the bot, and at what the directory itself counted. Each case has a
/// database and an account of its own; with more requests each case is repeated.
/// </summary>
internal static class CrashMatrix
{
    public static async Task<int> RunAsync(MatrixOptions options)
    {
        var table = new ResultTable(System.Console.Out, ("killed", 56), ("requests", 8), ("unknown", 8), ("again", 6), ("recovered in", 12), ("problems", 8));
        table.Head();
        var (tallies, missing, bad) = (new Dictionary<string, Tally>(), new Dictionary<string, string>(), new List<string>());
        foreach (var kind in TargetKind.All.Where(k => options.Directory is null || k.Name == options.Directory))
        {
            if (kind.Lacks is { } lacks)
            {
                System.Console.WriteLine($"{kind.Name}: not run. {lacks}");
                missing[kind.Name] = lacks;
                continue;
            }

            await using var target = await kind.StartAsync();
            await foreach (var (what, tally) in RunAsync(target, kind.Name, options))
            {
                table.Row(
                    what, $"{tally.Cases}", $"{tally.Unknown}", $"{tally.Again}", string.Create(CultureInfo.InvariantCulture, $"{tally.Slowest.TotalSeconds:0.0} s"), $"{tally.Problems.Count}");
                foreach (var problem in tally.Problems)
                    System.Console.WriteLine($"  {problem}");
                bad.AddRange(tally.Problems.Select(problem => $"{what}: {problem}"));
                tallies[kind.Name] = tallies.GetValueOrDefault(kind.Name, Tally.None) + tally;
            }
        }

        var sum = tallies.Values.Aggregate(Tally.None, (all, one) => all + one);
        System.Console.WriteLine(ResultTable.Json(new
        {
            command = "matrix",
            cases = sum.Cases,
            casesPerDirectory = tallies.ToDictionary(t => t.Key, t => t.Value.Cases),
            notRun = missing,
            unknown = sum.Unknown,
            again = sum.Again,
            slowestSeconds = Math.Round(sum.Slowest.TotalSeconds, 1),
            held = bad.Count == 0,
            problems = bad,
        }));
        return bad.Count > 0 ? 1 : sum.Cases > 0 ? 0 : throw new ArgumentException("Nothing here fits these options.");
    }

    private static async IAsyncEnumerable<(string What, Tally Tally)> RunAsync(Target target, string name, MatrixOptions options)
    {
        AccountAbilities? offered = null;
        foreach (var story in StoryPlay.All.Where(s => options.Story is null || s.Name == options.Story))
        {
            offered ??= await AbilitiesAsync(target, story);
            if (!offered.Value.HasFlag(story.Needs))
                continue;
            foreach (var point in Enum.GetValues<KillPoint>())
            {
                if ((options.Point is { } only && only != point) || (point == KillPoint.BeforeAnswer && !target.HoldsAnswers))
                    continue;
                var tally = Tally.None;
                for (var i = 0; i < options.Requests; i++)
                    tally += await new CrashCase(target, story, point, offered.Value).RunAsync();
                yield return ($"{name}, {story.Name}, {point}", tally);
            }
        }
    }

    /// <summary>As the directory itself says that the bot would connect.</summary>
    private static async Task<AccountAbilities> AbilitiesAsync(Target target, StoryPlay story)
    {
        var folder = Directory.CreateTempSubdirectory("itops-chaos-").FullName;
        await target.OpenAsync(story);
        try
        {
            using var bot = BotHost.Build(folder, Scene.Write(folder, target), _ => { });
            return bot.Services.GetRequiredService<AccountDirectories>().Find(target.System)!.Abilities;
        }
        finally
        {
            await target.CloseAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>What the matrix is asked for; none means all.</summary>
internal sealed record MatrixOptions(string? Directory, string? Story, KillPoint? Point, int Requests);
