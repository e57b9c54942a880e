namespace ItOps.Bot.Chaos.Bots;

/// <summary>Waiting for something that shows in the database, never for a length of time.</summary>
internal static class Patience
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">It never showed: the bot is silent.</exception>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> look)
        where T : class
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < s_limit)
        {
            if (await look() is { } found)
                return found;
            await Task.Delay(s_betweenLooks);
        }

        throw new TimeoutException($"no {what} within {s_limit.TotalSeconds} s");
    }
}
