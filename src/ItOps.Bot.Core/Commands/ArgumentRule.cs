using System.Globalization;
using System.Text.RegularExpressions;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Commands;

/// <summary>What one argument of an allowed command may be. Each rule that is set must hold; a rule without any lets nothing through.</summary>
public sealed partial record ArgumentRule(string Name)
{
    /// <summary>One of these words.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>A regular expression for the whole argument, without backtracking.</summary>
    public string? Pattern { get; init; }

    /// <summary>A whole number in this range.</summary>
    public (int Least, int Most)? Number { get; init; }

    /// <summary>A file or folder below this folder. Links are not looked through.</summary>
    public string? Below { get; init; }

    /// <summary>The kinds of parameters that a runbook may put here; none when it must write a fixed word.</summary>
    public IReadOnlyList<ParameterKind> Parameters { get; init; } = [];

    /// <summary>Why the word may not stand here.</summary>
    public string? Refusal(string word)
    {
        if (word.StartsWith('-') && !OneOf.Contains(word))
            return $"'{word}' would be taken for an option";
        if (OneOf.Count > 0 && !OneOf.Contains(word))
            return $"'{word}' is not one of: {string.Join(", ", OneOf)}{Nearest.Hint(word, OneOf)}";
        if (Pattern is { } pattern && !Regex.IsMatch(word, $@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))
            return $"'{word}' is no {Name}: it must fit {pattern}";
        if (Number is var (least, most) && !(int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most))
            return $"'{word}' is no whole number from {least} to {most}";
        if (Below is { } folder && !(word.StartsWith(folder + "/", StringComparison.Ordinal) && PlainPath().IsMatch(word) && !word.Split('/').Any(part => part is "." or "..")))
            return $"'{word}' is no plain path below {folder}";
        return OneOf.Count > 0 || Pattern is not null || Number is not null || Below is not null ? null : $"nothing may stand for {Name}";
    }

    /// <summary>Why the parameter may not stand here; what it will hold is looked at when it is known.</summary>
    public string? Refusal(string name, RunbookParameter? parameter) => parameter switch
    {
        null => $"there is no parameter '{name}'",
        _ when Parameters.Contains(parameter.Kind) => null,
        _ when Parameters.Count == 0 => $"<{Name}> takes no parameter; write the word itself",
        _ => $"<{Name}> takes a parameter of kind {string.Join(" or ", Parameters.Select(k => k.ToString().ToLowerInvariant()))}, and '{name}' is of kind {parameter.Kind.ToString().ToLowerInvariant()}",
    };

    [GeneratedRegex(@"\A(?:/[A-Za-z0-9._-]+)+\z")]
    private static partial Regex PlainPath();
}
