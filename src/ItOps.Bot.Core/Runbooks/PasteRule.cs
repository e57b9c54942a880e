using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Runbooks;

/// <summary>
/// What is recognised in a pasted text. <paramref name="Pattern"/> is a regular expression without look-around and back-references, so that no text
/// makes it slow. It yields a <see cref="Finding"/>, a fact, or both.
/// </summary>
public sealed partial record PasteRule(string Pattern)
{
    private const int LongestFact = 200;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant;

    /// <summary>As many as there are rules that somebody's text met.</summary>
    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <summary>Id of the finding; none when there is only a fact.</summary>
    public string? Finding { get; init; }

    public FindingLevel Level { get; init; } = FindingLevel.Problem;

    public string Text { get; init; } = "";

    /// <summary>Name of the fact that the group <c>value</c>, or else the whole match, is kept under.</summary>
    public string? Fact { get; init; }

    /// <summary>
    /// Null when it can be used; else what is wrong with it. Building the automaton would tell as well, and takes milliseconds for each of the hundreds of rules
    /// that are read at every start, of which a day needs a few.
    /// </summary>
    public static string? Refusal(string pattern)
    {
        try
        {
            _ = new Regex(pattern, Options);
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }

        return NeedsBacktracking().Match(pattern).Groups["what"] is { Success: true } found ? $"'{found.Value}' looks around or back, which could make a text slow" : null;
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

    private static Regex Compile(string pattern) => Compiled.GetOrAdd(pattern, p => new(p, Options | RegexOptions.NonBacktracking));

    /// <summary>Look-around, atomic groups, conditions, back-references and <c>\G</c>, outside of character classes and not escaped.</summary>
    [GeneratedRegex(@"\A(?:\\[^G1-9k]|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?!\?(?:<?[=!]|>|\())|[^\\\[(])*(?<what>\\[G1-9k]|\(\?(?:<?[=!]|>|\())", RegexOptions.Singleline, 1000)]
    private static partial Regex NeedsBacktracking();

    private static string Plain(string value)
    {
        var plain = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return plain.Length <= LongestFact ? plain : plain[..LongestFact];
    }
}
