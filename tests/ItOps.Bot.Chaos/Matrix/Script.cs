using System.Text.Json;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>What the process under test is told, in a file of the folder that it works in.</summary>
/// <param name="Story">One of <see cref="StoryPlay"/>'s.</param>
/// <param name="AccessWish">How access is asked for here.</param>
/// <param name="Settings">What connects the target.</param>
/// <param name="StepsBefore">How many steps end before the one at which the process dies.</param>
internal sealed record Script(string Story, string System, string AccessWish, IReadOnlyDictionary<string, string> Settings, int StepsBefore)
{
    private const string File = "script.json";

    public StoryPlay Play => StoryPlay.Named(Story);

    public static Script ReadFrom(string folder) => JsonSerializer.Deserialize<Script>(global::System.IO.File.ReadAllText(Path.Combine(folder, File)))!;

    public void WriteTo(string folder) => global::System.IO.File.WriteAllText(Path.Combine(folder, File), JsonSerializer.Serialize(this));
}

/// <summary>What the restarted process found.</summary>
/// <param name="IsUnknown">It could not tell what had happened, and asks a person.</param>
/// <param name="Password">What the owner's link showed.</param>
/// <param name="Ledger">The sandbox's effects, which lie in the process's own database.</param>
internal sealed record Recovery(IReadOnlyList<string> Problems, bool IsUnknown, string? Password, IReadOnlyList<string> Ledger);
