namespace ItOps.Bot.Knowledge.Tests;

/// <summary>The checked-out repository that the tests run in.</summary>
internal static class Repository
{
    public static readonly string Root = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Runbooks => Path.Combine(Root, "data", "runbooks");

    public static string Assurance => Path.Combine(Root, "data", "policies", "assurance.yaml");

    public static string Policy => Path.Combine(Root, "data", "policies", "approvals.yaml");

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "ItOps.Bot.sln"))
            ? folder.FullName
            : Find(folder.Parent ?? throw new InvalidOperationException("the tests run outside of the repository"));
}
