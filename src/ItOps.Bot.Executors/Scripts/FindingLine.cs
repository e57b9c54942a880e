using System.Text.RegularExpressions;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Executors.Scripts;

/// <summary>How a script reports a fact: a line <c>finding id fine|notice|problem text</c>. Every other line is plain output.</summary>
internal static partial class FindingLine
{
    public static Finding? Read(string line)
    {
        var match = Form().Match(line);
        if (!match.Success)
            return null;
        var level = match.Groups["level"].Value switch
        {
            "problem" => FindingLevel.Problem,
            "notice" => FindingLevel.Notice,
            _ => FindingLevel.Fine,
        };
        return new Finding(match.Groups["id"].Value, level, match.Groups["text"].Value);
    }

    [GeneratedRegex(@"\Afinding +(?<id>[a-z0-9][a-z0-9-]{0,39}) +(?<level>fine|notice|problem) +(?<text>\S.{0,299})\z")]
    private static partial Regex Form();
}
