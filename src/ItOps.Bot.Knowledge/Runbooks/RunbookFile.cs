using System.Text;
using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>Takes a file apart: the front matter between two lines of <c>---</c>, and the Markdown below it.</summary>
internal sealed record RunbookFile(string FrontMatter, string Body, int BodyLine)
{
    public const int LargestBytes = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The front matter begins in this line.</summary>
    public const int FrontMatterLine = 2;

    public static RunbookFile? Split(ReadOnlySpan<byte> content, FileProblems problems)
    {
        if (Decode(content, problems) is not { } text)
            return null;

        var lines = text.Split('\n');
        if (lines[0].TrimEnd() != "---")
        {
            problems.Add(1, "the first line must be '---', followed by the front matter; see docs/adding-a-runbook.md");
            return null;
        }

        var end = Array.FindIndex(lines, 1, l => l.TrimEnd() == "---");
        if (end < 0)
        {
            problems.Add(lines.Length, "the front matter does not end; put a line with '---' between it and the text");
            return null;
        }

        return new RunbookFile(string.Join('\n', lines[1..end]), string.Join('\n', lines[(end + 1)..]).Trim(), FirstLineOfBody(lines, end));
    }

    public static string? Decode(ReadOnlySpan<byte> content, FileProblems problems)
    {
        if (content.Length > LargestBytes)
        {
            problems.Add(1, $"the file has {content.Length / 1024} KiB, and {LargestBytes / 1024} KiB are the most; shorten it");
            return null;
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            content = content[3..];

        try
        {
            return StrictUtf8.GetString(content).ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException broken)
        {
            var line = 1 + content[..Math.Clamp(broken.Index, 0, content.Length)].Count((byte)'\n');
            problems.Add(line, "contains bytes that are not UTF-8; save the file as UTF-8");
            return null;
        }
    }

    private static int FirstLineOfBody(string[] lines, int end)
    {
        var first = Array.FindIndex(lines, end + 1, l => l.Trim().Length > 0);
        return (first < 0 ? end : first) + 1;
    }
}
