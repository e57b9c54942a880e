using System.Diagnostics;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>A server that others wrote, or that runs what they wrote, in a process and a folder of its own.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    /// <summary>So long, by the computer's own clock, it may take until it listens.</summary>
    private static readonly TimeSpan s_longestStart = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly string _folder;

    private NodeServer(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>The line in which it said that it listens.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>An empty folder from which modules are found that are installed elsewhere.</summary>
    public static string FolderWith(string modules)
    {
        var folder = Directory.CreateTempSubdirectory("itops-node-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(modules, "node_modules"));
        return folder;
    }

    /// <summary>Copies a sample of the documentation, as it is.</summary>
    public static void CopySample(string name, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "agents", name)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    /// <param name="folder">It starts there, and the folder goes when it ends.</param>
    /// <param name="listens">Part of the line in which it says that it listens.</param>
    public static async Task<NodeServer> StartAsync(string folder, IEnumerable<string> arguments, Dictionary<string, string> variables, string listens)
    {
        var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var greeting = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Hear(string? line)
        {
            lock (said)
                said.Add(line ?? "");
            if (line?.Contains(listens, StringComparison.Ordinal) == true)
                greeting.TrySetResult(line);
        }

        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.Exited += (_, _) =>
        {
            lock (said)
                greeting.TrySetException(new InvalidOperationException($"It ended before it listened:\n{string.Join('\n', said)}"));
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new NodeServer(process, folder);
        try
        {
            server.Greeting = await greeting.Task.WaitAsync(s_longestStart);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
