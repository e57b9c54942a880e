namespace ItOps.Bot.Benchmarks.Measuring;

internal static class Readiness
{
    private static readonly HttpClient s_http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits for the first answer that is not a failure; any status below 500 will do for a program without a probe.</summary>
    public static async Task WaitAsync(ChildProcess child, Uri probe)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(probe))
        {
            if (child.HasExited || TimeProvider.System.GetElapsedTime(began) > s_limit)
                throw new InvalidOperationException($"{probe} does not answer: {child.LastError}");
            await Task.Delay(s_betweenLooks);
        }
    }

    private static async Task<bool> AnswersAsync(Uri probe)
    {
        try
        {
            using var answer = await s_http.GetAsync(probe);
            return (int)answer.StatusCode < 500;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
