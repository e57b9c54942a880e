using System.ComponentModel;
using System.Diagnostics;
using ItOps.Bot.Benchmarks.Measuring;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>What a user would write instead, made ready to run in a scratch folder.</summary>
internal static class Peers
{
    /// <summary>The folder with the peers' programs and their packages; none, and a word about why, when they cannot be had here.</summary>
    public static async Task<string?> PrepareAsync(string? named, string scratch)
    {
        var source = named ?? Path.Combine(Repository.Root, "../shared/peers");
        if (!File.Exists(Path.Combine(source, "bolt-app.js")))
            return Without($"{Path.GetFullPath(source)} has no bolt-app.js (--peers FOLDER)");
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "peers")).FullName;
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        try
        {
            var start = new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var npm = Process.Start(start)!;
            var said = await npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0 ? folder : Without($"npm install failed: {said.Trim()}");
        }
        catch (Win32Exception)
        {
            return Without("npm is not installed");
        }
    }

    private static string? Without(string why)
    {
        System.Console.WriteLine($"Without the peers, because {why}.");
        return null;
    }
}
