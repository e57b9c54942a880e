using System.Diagnostics;

namespace ItOps.Bot.Tests.Program;

/// <summary>The program as its users start it: a process of its own, with a folder of its own.</summary>
internal sealed class BotProcess : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("itops-program-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs a command to its end. Settings go before the verb, as the README says.</summary>
    public Task<Ended> RunAsync(params string[] arguments) => RunInAsync("Development", "", arguments);

    public async Task<Ended> RunInAsync(string environment, string input, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    public Dictionary<string, string> Variables { get; } = [];

    public Process Start(string environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ItOps.Bot.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    internal sealed record Ended(int ExitCode, string Output, string Errors);
}
