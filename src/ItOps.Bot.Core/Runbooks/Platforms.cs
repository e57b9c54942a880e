namespace ItOps.Bot.Runbooks;

/// <summary>What a person's computer runs; the value of a parameter of <see cref="ParameterKind.Platform"/>.</summary>
public static class Platforms
{
    public const string Windows = "windows";
    public const string MacOS = "macos";
    public const string Linux = "linux";

    public static readonly IReadOnlyList<string> All = [Windows, MacOS, Linux];

    /// <summary>As people call it.</summary>
    public static readonly IReadOnlyList<ParameterOption> Options =
    [
        new(Windows, "Windows", ["win", "win10", "win11", "windows 10", "windows 11", "pc"]),
        new(MacOS, "Mac", ["mac", "macbook", "imac", "osx", "os x", "apple", "macos"]),
        new(Linux, "Linux", ["ubuntu", "debian", "fedora", "suse", "red hat"]),
    ];
}
