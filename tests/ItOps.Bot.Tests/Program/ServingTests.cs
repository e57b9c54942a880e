using System.Diagnostics;
using System.Net;
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
        foreach (var line in (await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Matches(MetricsLine(), line);

        Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Dispose();
        lines.AddRange((await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_bot.Folder, "logs"), "*.jsonl"));
        Assert.All(File.ReadLines(file), line => JsonDocument.Parse(line).Dispose());
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
