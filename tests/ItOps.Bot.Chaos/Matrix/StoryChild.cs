using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Reporting;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>The process under test, in its two lives.</summary>
internal static class StoryChild
{
    public const int Survived = 3;

    /// <summary>The first life: plays the story until it is killed from within. To come back from here is a failure.</summary>
    public static async Task<int> PlayAsync(string folder, StoryPlay story, KillPoint point)
    {
        using var bot = BotHost.Build(folder, new KillSwitch(point).Install);
        await bot.StartAsync();
        await story.PlayAsync(bot.Services);
        await WaitForEndAsync(bot.Services);
        await bot.StopAsync();
        return Survived;
    }

    /// <summary>
    /// The second life, a minute later (by its clock, so that nobody has to wait until the dead runner's lease has ended): does nothing but be there.
    /// Prints what is wrong as one JSON line.
    /// </summary>
    public static async Task<int> RecoverAsync(string folder, StoryPlay story)
    {
        using var bot = BotHost.Build(folder, services => services.AddSingleton<TimeProvider>(new LaterTimeProvider(TimeSpan.FromMinutes(1))));
        await bot.StartAsync();
        var problems = new List<string>();
        try
        {
            await WaitForEndAsync(bot.Services);
        }
        catch (TimeoutException silent)
        {
            problems.Add("silent: " + silent.Message);
        }

        problems.AddRange(await new StoryChecks(bot.Services, story).RunAsync());
        await bot.StopAsync();
        System.Console.WriteLine(ResultTable.Json(problems));
        return 0;
    }

    private static async Task WaitForEndAsync(IServiceProvider bot)
    {
        var alice = (await Cast.PrincipalAsync(bot, "alice")).Id;
        var requests = bot.GetRequiredService<IRequestStore>();
        await Patience.UntilAsync("final request", async () =>
            (await requests.ByRequesterAsync(alice, take: 10, default)) is [{ IsOpen: false }, ..] ended ? ended : null);
        await Patience.UntilAsync("empty inbox and outbox", async () => await Leftovers.CountAsync(bot) == 0 ? "" : null);
    }

    private sealed class LaterTimeProvider(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
