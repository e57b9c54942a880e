using System.Net.Http.Json;
using ItOps.Bot.Benchmarks.Measuring;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>A bot that runs, and how it is written to.</summary>
internal sealed class Contestant : IDisposable
{
    private static readonly HttpClient s_http = new();

    private int _number;

    public required string Name { get; init; }

    public required ChildProcess Process { get; init; }

    public required int Port { get; init; }

    /// <summary>The request with this number, and the conversation that its answer is posted to.</summary>
    public required Func<int, byte[]> Request { get; init; }

    public required Func<int, string> Conversation { get; init; }

    /// <summary>Each message has a number of its own, which names its conversation.</summary>
    public int NextNumber() => Interlocked.Increment(ref _number);

    /// <summary>Mean milliseconds of each stage since the last call; nothing of a bot that keeps none.</summary>
    public async Task<IReadOnlyDictionary<string, double>> TakeStagesAsync()
    {
        using var answer = await s_http.PostAsync(new Uri($"http://127.0.0.1:{Port}/stages"), content: null);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<Dictionary<string, double>>())! : new Dictionary<string, double>();
    }

    public void Dispose() => Process.Dispose();
}
