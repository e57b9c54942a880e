using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors.Processes;

/// <summary>
/// Takes out of a line what the bot itself knows to be secret, and what looks like one: a password, a token or a key that is assigned, a bearer token, the body of
/// a key file. It helps against slips; a script that wants to print a secret finds a way.
/// </summary>
internal sealed partial class SecretMask
{
    public const string Stars = "***";

    // A shorter one would blank out ordinary words.
    private const int ShortestSecret = 6;

    private readonly IReadOnlyList<string> _known;

    public SecretMask(IConfiguration? settings)
        : this(settings is null ? [] : settings.AsEnumerable().Where(s => SecretKey().IsMatch(s.Key)).SelectMany(s => Parts(s.Value)))
    {
    }

    public SecretMask(IEnumerable<string> secrets) =>
        _known = [.. secrets.Where(s => s.Length >= ShortestSecret).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];

    public string Of(string line)
    {
        foreach (var secret in _known)
            line = line.Replace(secret, Stars, StringComparison.Ordinal);
        line = Assigned().Replace(line, match => $"{match.Groups["before"].Value}{Quote(match.Groups["value"].Value)}");
        line = Bearer().Replace(line, $"$1 {Stars}");
        return KeyBody().IsMatch(line) ? Stars : line;
    }

    private static string Quote(string value) => value[0] is '"' or '\'' ? $"{value[0]}{Stars}{value[0]}" : Stars;

    /// <summary>The value, and the secrets inside a connection string.</summary>
    private static IEnumerable<string> Parts(string? value)
    {
        // Where a secret lies is none.
        if (value is null || Path.IsPathRooted(value) || Uri.IsWellFormedUriString(value, UriKind.Absolute))
            yield break;
        yield return value;
        foreach (var part in value.Split(';').Select(p => p.Split('=', 2)).Where(p => p.Length == 2 && SecretPart().IsMatch(p[0])))
            yield return part[1];
    }

    [GeneratedRegex("(password|passphrase|secret|token|apikey|api_key|privatekey|connectionstring|credential)[^:]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SecretKey();

    [GeneratedRegex("password|pwd|secret|token|key", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretPart();

    [GeneratedRegex(
        """(?<before>[\w-]*(password|passwd|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key)[\w-]*["']?\s*[:=]\s*)(?<value>"[^"]*"|'[^']*'|[^\s,;}"']+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"\A[A-Za-z0-9+/]{60,}={0,2}\z")]
    private static partial Regex KeyBody();
}
