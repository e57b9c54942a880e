using ItOps.Bot.Benchmarks.Measuring;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>Starts the bots that are measured beside each other, all posting to the same sink.</summary>
internal sealed class Contestants(string scratch, int sinkPort, TeamsRequest teams)
{
    private int _started;

    /// <summary>Ours, written to as by Slack.</summary>
    /// <param name="name">Its name in the table.</param>
    /// <param name="mode">One of <see cref="BenchmarkBot"/>'s.</param>
    public async Task<Contestant> OursInSlackAsync(string name, string mode)
    {
        var (process, port) = await OursAsync(mode);
        return new() { Name = name, Process = process, Port = port, Request = n => SlackRequest.Make(n, "/slack/commands"), Conversation = SlackConversation };
    }

    /// <summary>Ours, written to as by Teams.</summary>
    public async Task<Contestant> OursInTeamsAsync(string name, string mode)
    {
        var (process, port) = await OursAsync(mode);
        return new() { Name = name, Process = process, Port = port, Request = n => teams.Make(n, withToken: true), Conversation = n => "a:" + BenchmarkPeople.TeamsUser(n) };
    }

    /// <param name="peers">The folder that <see cref="Peers"/> made ready.</param>
    /// <param name="name">Its name in the table.</param>
    /// <param name="variant">"ack" or "ackpost".</param>
    public async Task<Contestant> BoltAsync(string peers, string name, string variant)
    {
        var port = FreePort.Next();
        var process = new ChildProcess(
            "node", ["bolt-app.js", $"{port}", variant, $"{sinkPort}"], peers, ("SS", SlackRequest.SigningSecret), ("NODE_ENV", "production"));
        await Readiness.WaitAsync(process, new($"http://127.0.0.1:{port}/"));
        return new() { Name = name, Process = process, Port = port, Request = n => SlackRequest.Make(n, "/slack/events"), Conversation = SlackConversation };
    }

    /// <summary>Microsoft's EchoBot. Its check of the token is off, so none is sent.</summary>
    public async Task<Contestant> EchoBotAsync(string peers)
    {
        var port = FreePort.Next();
        var process = new ChildProcess("node", ["echo-bot.js", $"{port}", "-", $"{sinkPort}"], peers, ("NODE_ENV", "production"));
        await Readiness.WaitAsync(process, new($"http://127.0.0.1:{port}/"));
        return new() { Name = "EchoBot", Process = process, Port = port, Request = n => teams.Make(n, withToken: false), Conversation = n => "a:" + BenchmarkPeople.TeamsUser(n) };
    }

    private static string SlackConversation(int number) => BenchmarkPeople.SlackConversation(BenchmarkPeople.SlackUser(number));

    private async Task<(ChildProcess Process, int Port)> OursAsync(string mode)
    {
        var (port, data) = (FreePort.Next(), Directory.CreateDirectory(Path.Combine(scratch, $"data{_started++}")).FullName);
        var process = new ChildProcess(Environment.ProcessPath!, ["child-bot", data, $"{port}", $"{sinkPort}", mode], data);
        await Readiness.WaitAsync(process, new($"http://127.0.0.1:{port}/healthz/ready"));
        return (process, port);
    }
}
