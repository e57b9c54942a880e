using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>
/// A runbook as it is written: where its file would lie (<c>network/vpn.md</c>), the file's text, and its scripts by their path inside the runbook's own folder
/// (<c>scripts/check.sh</c>). Lines end with a line feed alone.
/// </summary>
public sealed partial record RunbookContent(string Path, string Text, IReadOnlyDictionary<string, string> Scripts)
{
    /// <summary>What is written is the same when this is the same: SHA-256, hexadecimal, over all of it but the number of its version.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\0', [Path, WithVersion(0).Text, .. Scripts.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s => new[] { s.Key, s.Value })]))));

    [JsonIgnore]
    public string Category => Path.Split('/')[0];

    /// <summary>The same with this number in its front matter, where the reader looks for it.</summary>
    public RunbookContent WithVersion(int number)
    {
        if (!Text.StartsWith("---", StringComparison.Ordinal) || FrontMatterEnd().Match(Text, 3) is not { Success: true, Index: var end })
            return this;
        var head = Text[..end];
        var line = FormattableString.Invariant($"version: {number}");
        var numbered = VersionLine().IsMatch(head) ? VersionLine().Replace(head, line, 1) : head + "\n" + line;
        return this with { Text = numbered + Text[end..] };
    }

    /// <summary>Another operating system's, or a form's, line ends made plain.</summary>
    public static string Plain(string text) => text.ReplaceLineEndings("\n");

    [GeneratedRegex(@"\n---[ \t]*(?=\n|\z)")]
    private static partial Regex FrontMatterEnd();

    [GeneratedRegex(@"^version:[^\n]*", RegexOptions.Multiline)]
    private static partial Regex VersionLine();
}
