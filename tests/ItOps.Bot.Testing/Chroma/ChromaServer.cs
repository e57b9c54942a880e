using System.Collections.Concurrent;
using System.Diagnostics;

namespace ItOps.Bot.Testing.Chroma;

/// <summary>A real Chroma server from npm on loopback, in a folder of its own, which it keeps when it is killed and started again.</summary>
public sealed class ChromaServer : IAsyncDisposable
{
    public const string Missing = "The Chroma server is not installed; npm install chromadb and set ITOPS_CHROMA to the path of its dist/cli.mjs.";

    /// <summary>So long, by the computer's own clock, it may take until it listens.</summary>
    private static readonly TimeSpan s_longestStart = TimeSpan.FromMinutes(5);

    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("itops-chroma-").FullName;
    private readonly int _port = FreePort.Next();
    private Process? _process;

    private ChromaServer(string program) => _program = program;

    /// <summary>None where it is not installed.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("ITOPS_CHROMA") is { Length: > 0 } program && File.Exists(program) ? program : null;

    public Uri Url => new($"http://127.0.0.1:{_port}/");

    public static async Task<ChromaServer> StartAsync(string program)
    {
        var server = new ChromaServer(program);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>On the same port and folder.</summary>
    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo("node", [_program, "run", "--path", _folder, "--host", "127.0.0.1", "--port", $"{_port}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = new ConcurrentQueue<string?>();
        _process.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        _process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(s_longestStart);
        while (!_process.HasExited && !patience.IsCancellationRequested)
        {
            if (await IsListeningAsync(http, patience.Token))
                return;
            await Task.Delay(100);
        }

        var how = _process.HasExited ? "ended before it listened" : $"did not listen within {s_longestStart.TotalMinutes} minutes";
        await KillAsync();
        throw new InvalidOperationException($"It {how}:\n{string.Join('\n', said.TakeLast(20))}");
    }

    private async Task<bool> IsListeningAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "api/v2/heartbeat"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
