using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ItOps.Bot.Testing.Chroma;

/// <summary>A real Chroma server from npm on loopback, in a folder of its own, which it keeps when it is killed and started again.</summary>
public sealed class ChromaServer : IAsyncDisposable
{
    public const string Missing = "The Chroma server is not installed; npm install chromadb and set ITOPS_CHROMA to the path of its dist/cli.mjs.";

    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("itops-chroma-").FullName;
    private readonly int _port = FreePort();
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
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url, "api/v2/heartbeat"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!_process.HasExited && tries < 300)
            {
                // It is not listening yet.
            }

            await Task.Delay(100);
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
