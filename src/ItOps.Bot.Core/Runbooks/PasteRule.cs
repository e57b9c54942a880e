using System.Text.RegularExpressions;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Runbooks;

/// <summary>
/// What is recognised in a pasted text. <paramref name="Pattern"/> is a regular expression without look-around and back-references, so that no text
/// makes it slow. It yields a <see cref="Finding"/>, a fact, or both.
/// </summary>
public sealed record PasteRule(string Pattern)
{
    private const int LongestFact = 200;

    /// <summary>Id of the finding; none when there is only a fact.</summary>
    public string? Finding { get; init; }

    public FindingLevel Level { get; init; } = FindingLevel.Problem;

    public string Text { get; init; } = "";

    /// <summary>Name of the fact that the group <c>value</c>, or else the whole match, is kept under.</summary>
    public string? Fact { get; init; }

    /// <summary>Null when it can be used; else what is wrong with it.</summary>
    public static string? Refusal(string pattern)
    {
        try
        {
            _ = Compile(pattern);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }

    /// <summary>What the rules recognise in the text, in the order of the rules; the first match of each counts.</summary>
    public static (IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, string> Facts) Read(IEnumerable<PasteRule> rules, string text)
    {
        var findings = new List<Finding>();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            var match = Compile(rule.Pattern).Match(text);
            if (!match.Success)
                continue;
            if (rule.Finding is { } id && findings.TrueForAll(f => f.Id != id))
                findings.Add(new(id, rule.Level, rule.Text));
            if (rule.Fact is { } name)
                facts.TryAdd(name, Plain(match.Groups["value"] is { Success: true } group ? group.Value : match.Value));
        }

        return (findings, facts);
    }

    private static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static string Plain(string value)
    {
        var plain = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return plain.Length <= LongestFact ? plain : plain[..LongestFact];
    }
}
