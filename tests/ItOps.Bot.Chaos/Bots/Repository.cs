namespace ItOps.Bot.Chaos.Bots;

internal static class Repository
{
    /// <exception cref="ArgumentException">The program does not lie in the repository that it was built from.</exception>
    public static string File(string path) => Path.Combine(Find(new DirectoryInfo(AppContext.BaseDirectory)), path);

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new ArgumentException("ItOps.Bot.sln is not above this program.")
        : System.IO.File.Exists(Path.Combine(folder.FullName, "ItOps.Bot.sln")) ? folder.FullName
        : Find(folder.Parent);
}
