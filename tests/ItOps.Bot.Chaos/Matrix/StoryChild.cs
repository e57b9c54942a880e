using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Testing.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>The process under test, in its two lives.</summary>
internal static class StoryChild
{
    public const int Survived = 3;

    /// <summary>What passes between the two lives by the second one's clock.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>The first life: plays the story until it is killed, from within or by the target. To come back from here is a failure.</summary>
    public static async Task<int> PlayAsync(string folder, KillPoint point)
    {
        var script = Script.ReadFrom(folder);
        using var bot = BotHost.Build(folder, script.Settings, new KillSwitch(point, script).Install);
        await bot.StartAsync();
        await new Rehearsal(bot.Services, script).PlayAsync();
        await bot.StopAsync();
        return Survived;
    }

    /// <summary>
    /// The second life, a minute later (by its clock, so that nobody has to wait until the dead runner's lease has ended): does nothing but be there.
    /// Prints what it found as one JSON line.
    /// </summary>
    public static async Task<int> RecoverAsync(string folder)
    {
        var script = Script.ReadFrom(folder);
        using var bot = BotHost.Build(folder, script.Settings, services => services.AddSingleton<TimeProvider>(new LaterTimeProvider(Pause)));
        await bot.StartAsync();
        string? silence = null;
        try
        {
            await new Rehearsal(bot.Services, script).WaitForEndAsync(script.Play.Ends.Count);
        }
        catch (TimeoutException silent)
        {
            silence = "silent: " + silent.Message;
        }

        var found = await new StoryChecks(bot.Services, script).RunAsync();
        await bot.StopAsync();
        System.Console.WriteLine(ResultTable.Json(silence is null ? found : found with { Problems = [silence, .. found.Problems] }));
        return 0;
    }

    private sealed class LaterTimeProvider(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
