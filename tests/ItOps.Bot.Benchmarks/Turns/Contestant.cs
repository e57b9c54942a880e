using System.Net.Http.Json;
using ItOps.Bot.Benchmarks.Measuring;

namespace ItOps.Bot.Benchmarks.Turns;

/// <summary>A bot that runs and takes signed slash commands on a port.</summary>
internal sealed class Contestant
{
    private static readonly HttpClient s_http = new();

    private int _number;

    public required string Name { get; init; }

    public required ChildProcess Process { get; init; }

    public required int Port { get; init; }

    /// <summary>Each message has a number of its own, which names its conversation.</summary>
    public int NextNumber() => Interlocked.Increment(ref _number);

    public static async Task<Contestant> OursAsync(string scratch, int sinkPort)
    {
        var (port, data) = (FreePort.Next(), Directory.CreateDirectory(Path.Combine(scratch, "data")).FullName);
        var process = new ChildProcess(Environment.ProcessPath!, ["child-bot", data, $"{port}", $"{sinkPort}"], data);
        await Readiness.WaitAsync(process, new($"http://127.0.0.1:{port}/healthz/ready"));
        return new() { Name = "ItOps.Bot", Process = process, Port = port };
    }

    public static async Task<Contestant> BoltAsync(string peers, int sinkPort)
    {
        var port = FreePort.Next();
        var process = Peers.StartBolt(peers, port, sinkPort);
        await Readiness.WaitAsync(process, new($"http://127.0.0.1:{port}/"));
        return new() { Name = "Bolt, ack then post", Process = process, Port = port };
    }

    /// <summary>Mean milliseconds of each stage since the last call; nothing of a bot that keeps none.</summary>
    public async Task<IReadOnlyDictionary<string, double>> TakeStagesAsync()
    {
        using var answer = await s_http.PostAsync(new Uri($"http://127.0.0.1:{Port}/stages"), content: null);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<Dictionary<string, double>>())! : new Dictionary<string, double>();
    }
}
