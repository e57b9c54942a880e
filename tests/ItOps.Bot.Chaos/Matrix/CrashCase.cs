using System.Diagnostics;
using System.Text.Json;
using ItOps.Bot.Accounts;
using ItOps.Bot.Chaos.Matrix.Targets;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>One death, one restart, and a look at what came of it.</summary>
internal sealed class CrashCase(Target target, StoryPlay story, KillPoint point, AccountAbilities offered)
{
    private const int KilledBySignal = 128 + 9;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>What a lost answer lets the bot do again, since the state is the same afterwards (I9, "idempotent").</summary>
    private static readonly Effect[] s_repeatable = [Effect.Reset, Effect.SignOut];

    public async Task<Tally> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("itops-chaos-").FullName;
        await target.OpenAsync(story);
        try
        {
            new Script(story.Name, target.System, target.AccessWish, Scene.Write(folder, target), story.StepsBefore(offered)).WriteTo(folder);
            return await RunAsync(folder);
        }
        finally
        {
            await target.CloseAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<Tally> RunAsync(string folder)
    {
        var (code, output) = await StartAsync("child-dies", folder, point.ToString());
        if (code != KilledBySignal)
            return Bad(code == StoryChild.Survived ? "the run never came to this point" : $"ended with {code} instead of being killed: {output}");
        await target.DiedAsync();
        var began = TimeProvider.System.GetTimestamp();
        (code, output) = await StartAsync("child-recovers", folder);
        var took = TimeProvider.System.GetElapsedTime(began);
        if (code != 0)
            return Bad($"the restart ended with {code}: {output}");

        var recovery = JsonSerializer.Deserialize<Recovery>(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], s_json)!;
        var problems = recovery.Problems.ToList();
        var again = Compare(await target.EffectsAsync(recovery), recovery.IsUnknown, problems);
        if (recovery.Password is { } password && await target.FlawAsync(password) is { } flaw)
            problems.Add(flaw);
        return new(1, recovery.IsUnknown ? 1 : 0, again, took, problems);
    }

    private static Tally Bad(string problem) => new(1, 0, 0, TimeSpan.Zero, [problem]);

    /// <summary>Each change that was approved was made once. Returns how many were made again to the same end.</summary>
    private int Compare(IReadOnlyList<Effect> made, bool isUnknown, List<string> problems)
    {
        var again = 0;
        foreach (var (effect, wanted) in story.Effects(offered).Concat(made).Distinct().Select(e => (e, story.Effects(offered).Count(w => w == e))))
        {
            var count = made.Count(m => m == effect);

            // Where the sandbox counts sessions, there are none left to end when an account is blocked right after its reset.
            var least = isUnknown ? 0 : Math.Min(wanted, 1);
            if (count > wanted && count == wanted + 1 && wanted > 0 && s_repeatable.Contains(effect) && point is KillPoint.BeforeAnswer or KillPoint.AfterEffect)
                again++;
            else if (count < least || count > wanted)
                problems.Add($"{effect} was done {count} times instead of {wanted}; the target counted {string.Join(", ", made)}");
        }

        return again;
    }

    private async Task<(int Code, string Output)> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        if (arguments[0] == "child-dies" && point == KillPoint.BeforeAnswer)
            target.KillAfter(story.StepsBefore(offered), child);
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return (child.ExitCode, output.Trim());
    }
}
