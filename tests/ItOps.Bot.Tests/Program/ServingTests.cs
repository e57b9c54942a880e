using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Tests.Program;

/// <summary>The server as operations sees it: probes, metrics, logs, a calm stop.</summary>
public sealed partial class ServingTests : IDisposable
{
    private readonly BotProcess _bot = new();

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task It_logs_JSON_answers_the_probes_exposes_metrics_and_stops_when_told()
    {
        using var process = _bot.Start("Development", "--urls", "http://127.0.0.1:0");
        var lines = new List<string>();
        var address = await AddressAsync(process, lines);
        using var http = new HttpClient { BaseAddress = new(address) };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz/ready", TestContext.Current.CancellationToken)).StatusCode);
        var metrics = await http.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType!.ToString());
        var exposed = await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(["itops_decision_seconds", "itops_decisions_hasty_total", "itops_approvers_limited_total"], name => Assert.Contains($"# TYPE {name} ", exposed, StringComparison.Ordinal));
        foreach (var line in exposed.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Matches(MetricsLine(), line);

        lines.AddRange(await StopAsync(process));
        Assert.Equal(0, process.ExitCode);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        // One for each day, and the day may have ended meanwhile.
        var files = Directory.GetFiles(Path.Combine(_bot.Folder, "logs"), "*.jsonl");
        Assert.InRange(files.Length, 1, 2);
        Assert.All(files.SelectMany(File.ReadLines), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task With_an_endpoint_for_traces_spans_arrive_there()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        _bot.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{collector.LocalEndpoint}";
        _bot.Variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        using var process = _bot.Start("Development", "--urls", "http://127.0.0.1:0");
        var address = await AddressAsync(process, []);
        using (var http = new HttpClient { BaseAddress = new(address) })
            await http.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);

        // Stopping sends what was gathered.
        var accepting = collector.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        var stopping = StopAsync(process);
        using var client = await accepting;
        using var reader = new StreamReader(client.GetStream());
        Assert.Equal("POST /v1/traces HTTP/1.1", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        client.Close();
        await stopping;
    }

    private static async Task<string[]> StopAsync(Process process)
    {
        Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Dispose();
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return rest.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string> AddressAsync(Process process, List<string> lines)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (Listening().Match(line) is { Success: true } match)
                return match.Value;
        }

        throw new Xunit.Sdk.XunitException("The server ended before it listened:\n" + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("""http://127\.0\.0\.1:\d+""")]
    private static partial Regex Listening();

    [GeneratedRegex("""^(# (HELP|TYPE) itops_\w+ .+|itops_\w+(\{[^{}]*\})? -?[0-9.eE+]+)$""")]
    private static partial Regex MetricsLine();
}
