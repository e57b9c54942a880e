namespace ItOps.Bot.Executors.Tests;

/// <summary>Files that are shipped beside the code.</summary>
internal static class Repository
{
    public static string File(string path)
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "ItOps.Bot.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository is not around the tests.");
        return Path.Combine(folder, path);
    }
}
