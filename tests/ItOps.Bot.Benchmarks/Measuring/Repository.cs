namespace ItOps.Bot.Benchmarks.Measuring;

internal static class Repository
{
    /// <exception cref="ArgumentException">The program does not lie in the repository that it was built from.</exception>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new ArgumentException("ItOps.Bot.sln is not above this program; give the paths as options.")
        : File.Exists(Path.Combine(folder.FullName, "ItOps.Bot.sln")) ? folder.FullName
        : Find(folder.Parent);
}
