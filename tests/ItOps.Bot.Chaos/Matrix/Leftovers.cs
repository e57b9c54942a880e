using ItOps.Bot.Replies;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>Turns that nobody handled and messages that nobody sent, of any age.</summary>
internal static class Leftovers
{
    public static async Task<int> CountAsync(IServiceProvider bot)
    {
        var forEver = DateTimeOffset.MaxValue;
        var turns = await bot.GetRequiredService<ITurnInbox>().UnhandledAsync(forEver, take: 100, default);
        var messages = await bot.GetRequiredService<IOutbox>().DueAsync(["console"], forEver, forEver, take: 100, default);
        return turns.Count + messages.Count;
    }
}
