using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>What somebody wants to get into: a system, a project, a drive, and with which permission.</summary>
internal static partial class AccessSlots
{
    private static readonly HashSet<string> SystemObjects = ["password", "passwort", "kennwort", "account", "konto", "login", "user", "pw", "pwd", "profile", "credentials", "zugang", "benutzer"];

    private static readonly HashSet<string> NoProject =
        ["JIRA", "IT", "AD", "AWS", "VPN", "PC", "OK", "ASAP", "URL", "HR", "FYI", "CEO", "CFO", "CTO", "ID", "SSO", "MFA", "PLS", "NOT", "AND", "THE", "FOR", "TO", "ME", "MY", "API", "UI", "QA", "HTTP", "HTTPS"];

    private static readonly HashSet<string> DriveNouns =
        ["drive", "drives", "share", "folder", "fileshare", "netdrive", "laufwerk", "netzlaufwerk", "ordner", "freigabe", "gruppenlaufwerk"];

    private static readonly HashSet<string> DriveAttributes = ["shared", "network", "group", "team", "common", "public", "mapped", "departmental"];

    public static IEnumerable<string> System(SlotText text)
    {
        for (var i = 0; i < text.Words.Count; i++)
        {
            foreach (var system in SystemNames.All)
            {
                var length = system.Split(' ').Length;
                var said = string.Join(' ', Enumerable.Range(i, length).Select(at => text.At(at).Value));
                if (string.Equals(said, system, StringComparison.OrdinalIgnoreCase) && IsSystemHere(text, i, length))
                    return [said];
            }
        }

        return [];
    }

    /// <summary>Keys such as PLAT and OPS2, the key of an issue such as PLAT-12, or the word beside "project".</summary>
    public static IEnumerable<string> Project(SlotText text)
    {
        var shouting = text.Words.Count(w => w.IsUpper) * 2 > text.Words.Count && text.Words.Count > 3;
        var keys = shouting ? [] : text.Words.Where(w => w.Safe && ProjectKey().IsMatch(w.Value) && !NoProject.Contains(w.Value))
            .Select(w => ProjectKey().Match(w.Value).Groups["key"].Value).Distinct().ToList();
        return keys.Count > 0 ? keys : text.Words.Select(w => NamedProject(text, w)).OfType<string>().Take(1);
    }

    public static IEnumerable<string> Permission(SlotText text, RunbookParameter parameter)
    {
        var line = $" {string.Join(' ', text.Words.Select(w => w.Small))} ";
        return parameter.Options
            .SelectMany(o => o.Words.Append(o.Value).Select(word => (o.Value, At: line.IndexOf($" {Folding.Fold(word)} ", StringComparison.Ordinal), word.Length)))
            .Where(m => m.At >= 0)
            .OrderBy(m => m.At).ThenByDescending(m => m.Length)
            .Select(m => m.Value)
            .Take(1);
    }

    public static IEnumerable<string> Drive(SlotText text)
    {
        var letters = DriveLetter().Matches(text.Original).Select(m => m.Groups["letter"].Value.ToUpperInvariant() + ":").Distinct().ToList();
        if (letters.Count > 0)
            return letters;

        var paths = text.Words.Select(w => w.Value.TrimEnd('\\')).Where(v => NetworkPath().IsMatch(v)).ToList();
        return paths.Count > 0 ? paths : text.Words.Where(w => DriveNouns.Contains(w.Small)).Select(w => NameOfDrive(text, w.Position)).OfType<string>().Distinct();
    }

    private static bool IsSystemHere(SlotText text, int start, int length)
    {
        var before = text.At(start - 1).Small;
        return Enumerable.Range(start, length).All(at => text.At(at).Safe)
            && (SystemObjects.Contains(text.At(start + length).Small) || before is "in" or "on" or "for" or "to" or "im" or "fuer" or "of" or "from" or "into" or "my" || text.Words.Count == length);
    }

    private static string? NamedProject(SlotText text, SlotWord word)
    {
        if (word.Small is not ("project" or "projekt" or "board"))
            return null;

        var after = text.At(word.Position + 1);
        if (!word.Ends && IsName(after))
            return after.Value;

        var before = text.At(word.Position - 1);
        if (before.Small == "jira")
            before = text.At(word.Position - 2);
        return IsName(before) && !before.Ends ? before.Value : null;
    }

    private static string? NameOfDrive(SlotText text, int noun)
    {
        var after = text.At(noun + 1);
        if (!text.At(noun).Ends && after.Small is "called" or "named" or "namens")
            after = text.At(noun + 2);
        if (!text.At(noun).Ends && after.Safe && after.IsCapital && after.Class != WordClass.Stop)
            return after.Value;

        var last = noun - 1;
        while (DriveAttributes.Contains(text.At(last).Small) && !text.At(last).Ends)
            last--;
        var first = last;
        while (last - first < 3 && IsName(text.At(first)) && !text.At(first).Ends)
            first--;
        return first == last ? null : string.Join(' ', Enumerable.Range(first + 1, last - first).Select(at => text.At(at).Value));
    }

    private static bool IsName(SlotWord word) =>
        word.Safe && word.Value.Any(char.IsLetter) && !DriveAttributes.Contains(word.Small) && !DriveNouns.Contains(word.Small) && !NoProject.Contains(word.Value)
        && (word.Class == WordClass.Unknown || (word.IsCapital && word.Class is not WordClass.Stop && word.Position > 0)) && word.Small is not ("following" or "network" or "mapped");

    [GeneratedRegex("^(?<key>[A-Z][A-Z0-9]{1,9})(-[0-9]+)?$")]
    private static partial Regex ProjectKey();

    [GeneratedRegex(@"(?:(?<![\w'’])(?<letter>[A-Za-z])(?=:?(?:\s+(?:and|or|und|oder)\s+[A-Za-z]:?)?[\s-]*(?:drives?|laufwerke?)\b)(?<!\b[aAiI])|\b(?:drive|laufwerk)\s+(?<letter>[A-Za-z])\b(?!['’])|(?<![\w/\\])(?<letter>[A-Z]):(?=[\s\\,.!?]|$))", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex DriveLetter();

    [GeneratedRegex(@"^\\\\[A-Za-z0-9._-]+(\\[A-Za-z0-9._-]+)+$")]
    private static partial Regex NetworkPath();
}
