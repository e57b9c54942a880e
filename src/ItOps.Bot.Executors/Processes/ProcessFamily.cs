using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace ItOps.Bot.Executors.Processes;

/// <summary>
/// A program and everything it started. Children that were detached (double fork, own session) are no longer in the tree that the system
/// knows, so each run has a mark in its environment, which children inherit and /proc shows.
/// </summary>
internal sealed class ProcessFamily
{
    public const string Variable = "ITOPS_RUN";

    // Killing a program that forks takes several looks; one that forks faster than we look is stopped by the container's limits.
    private const int Looks = 50;

    public string Mark { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public void Kill(Process root)
    {
        try
        {
            root.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
        catch (AggregateException)
        {
            // A part of the tree ended meanwhile, or is not ours; the look at the marks follows.
        }

        KillMarked();
    }

    /// <summary>Ends whatever still carries the mark: nothing that a program started outlives it.</summary>
    public void KillMarked()
    {
        for (var look = 0; look < Looks; look++)
        {
            var alive = Marked();
            if (alive.Count == 0)
                return;
            foreach (var id in alive)
                KillOne(id);
        }
    }

    private List<int> Marked()
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var needle = Encoding.ASCII.GetBytes($"{Variable}={Mark}");
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && id != Environment.ProcessId && Carries(folder, needle))
                found.Add(id);
        }

        return found;
    }

    private static bool Carries(string folder, byte[] needle)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(needle) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or another user's: then it is not one that we started.
            return false;
        }
    }

    private static void KillOne(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }
}
