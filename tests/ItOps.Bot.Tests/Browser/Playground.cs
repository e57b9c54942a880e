using System.Diagnostics;
using System.Globalization;
using System.Text;
using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Tests.Browser;

/// <summary>Microsoft's own stand-in for the Teams client, from npm, with somebody of the sandbox in front of it and others in its directory.</summary>
internal sealed class Playground : IAsyncDisposable
{
    // It would listen on every interface, and what a test starts is for this machine alone.
    private const string OnlyLoopback = """
        const { Server } = require('net');
        const listen = Server.prototype.listen;
        Server.prototype.listen = function (...given) {
          const rest = given.filter(value => typeof value === 'function');
          const port = typeof given[0] === 'object' && given[0] !== null ? given[0].port : given[0];
          return listen.call(this, { port: Number(port), host: '127.0.0.1' }, ...rest);
        };
        """;

    /// <summary>It insists on this many.</summary>
    private const int Others = 5;

    private readonly Process _process;
    private readonly string _folder;

    private Playground(Process process, string folder, string address) => (_process, _folder, Address) = (process, folder, address);

    public string Address { get; }

    /// <summary>Skips where it is not installed.</summary>
    /// <param name="bot">Where the bot is.</param>
    /// <param name="people">Everybody, as the bot knows them.</param>
    /// <param name="name">Who sits in front of it.</param>
    /// <param name="port">Where the client is to be served.</param>
    public static async Task<Playground> StartAsync(string bot, SandboxSeed people, string name, int port)
    {
        var program = Environment.GetEnvironmentVariable("ITOPS_PLAYGROUND");
        Assert.SkipWhen(program is null || !File.Exists(program), "The Agents Playground is not installed; npm install @microsoft/m365agentsplayground and set ITOPS_PLAYGROUND to the path of its cli.js.");
        var folder = Directory.CreateTempSubdirectory("itops-playground-").FullName;
        var preload = Path.Combine(folder, "loopback.js");
        await File.WriteAllTextAsync(preload, OnlyLoopback);
        await File.WriteAllTextAsync(Path.Combine(folder, ".m365agentsplayground.yml"), Configuration(people, name));
        var start = new ProcessStartInfo("node", [program!, "start", "-e", $"{bot}/api/messages", "-c", "msteams", "-p", $"{port}", "--disable-telemetry"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_OPTIONS"] = $"--require {preload}";
        var process = Process.Start(start)!;
        var listening = new TaskCompletionSource();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                listening.TrySetException(new InvalidOperationException("The Playground ended before it listened."));
            else if (line.Data.Contains("Listening", StringComparison.Ordinal))
                listening.TrySetResult();
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listening.Task;
        return new(process, folder, $"http://127.0.0.1:{port}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(SandboxSeed people, string name)
    {
        var everybody = people.People.Select(p => (p.SignInName, p.Person, Identity: p.Identities.FirstOrDefault(i => i.Channel == "teams")))
            .Where(p => p.Identity is not null).ToList();
        var file = new StringBuilder();
        file.AppendLine(CultureInfo.InvariantCulture, $"version: \"0.1.1\"\ntenantId: {everybody[0].Identity!.Tenant}\nbot: {{ id: it-ops-bot, name: IT-Ops }}");
        var current = everybody.Single(p => p.SignInName == name);
        file.AppendLine(CultureInfo.InvariantCulture, $"currentUser: {User(current)}\nusers:");
        foreach (var other in everybody.Where(p => p != current).Take(Others))
            file.AppendLine(CultureInfo.InvariantCulture, $"  - {User(other)}");
        file.AppendLine("""
            personalChat: { id: "a:personal" }
            groupChat: { id: "19:group@thread.v2", name: Group Chat }
            team: { id: "19:team@thread.tacv2", name: IT, aadGroupId: 3f0f6f4b-1d8e-4a4e-9d53-0f2f5b8a7c11, channels: [{ id: "19:announcements@thread.tacv2", name: Announcements }] }
            """);
        return file.ToString();
    }

    private static string User((string SignInName, Person Person, ChannelIdentity? Identity) user) => string.Create(CultureInfo.InvariantCulture, $$"""
        { id: "29:{{user.SignInName}}", name: {{user.Person.DisplayName}}, userPrincipleName: {{user.Person.Email}}, aadObjectId: {{user.Identity!.User}}, givenName: {{user.Person.GivenName}}, surname: {{user.Person.DisplayName.Split(' ')[^1]}}, email: {{user.Person.Email}} }
        """);
}
