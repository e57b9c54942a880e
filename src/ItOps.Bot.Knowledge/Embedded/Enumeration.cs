using System.Text.RegularExpressions;

namespace ItOps.Bot.Knowledge.Embedded;

/// <summary>
/// Several things behind one verb: "Bob needs Jira, the finance share and Zoom". Each is said again with the words before the first, so that it stands alone and keeps whom
/// it is for. Whether they are different wishes is for retrieval to say.
/// </summary>
internal static partial class Enumeration
{
    private const int MostWords = 8;

    /// <summary>The things, each with the ways to say it alone, the fullest first, what stands before the first and behind the last; fewer than two things when nothing is listed.</summary>
    public static (IReadOnlyList<(string Item, IReadOnlyList<string> Ways)> Items, string Before, string Behind) Of(string text)
    {
        if (Carrier().Match(text) is not { Success: true } found)
            return ([], "", text);
        var (carrier, access) = (found.Groups["carrier"].Value, found.Groups["access"].Value);
        var things = new List<string>();
        var at = found.Length;
        foreach (var (thing, end) in Between(text, at))
        {
            if (!IsThing(thing))
                break;
            things.Add(thing);
            at = end;
        }

        return ([.. things.Select((t, i) => (t, (IReadOnlyList<string>)[.. Ways(carrier, NamesAccess().IsMatch(t) ? "" : access, t, isFirst: i == 0).Distinct()]))], carrier, text[at..]);
    }

    /// <summary>Behind this verb each thing is one of its own, though one runbook serves them all.</summary>
    public static bool ListsAlike(string text) => Installs().IsMatch(text);

    /// <summary>"Visio", "Adobe Acrobat": the name of a program or the like, and no code such as OPS.</summary>
    public static bool IsName(string item) => Name().IsMatch(item);

    private static IEnumerable<(string Thing, int End)> Between(string text, int start)
    {
        foreach (Match seam in And().Matches(text, start))
        {
            if (Thing(text[start..seam.Index]) is { Length: > 0 } thing)
                yield return (thing, seam.Index + seam.Length);
            start = seam.Index + seam.Length;
        }

        if (Thing(text[start..]) is { Length: > 0 } last)
            yield return (last, text.Length);
    }

    private static string Thing(string text) => ForMe().Replace(SpokenLists.Clean(text), "");

    private static IEnumerable<string> Ways(string carrier, string access, string thing, bool isFirst)
    {
        // "access to the finance share and Visio": what has a name of its own may be meant without the access.
        if (!isFirst && access.Length > 0 && !Article().IsMatch(thing))
        {
            foreach (var way in Ways(carrier, "", thing, isFirst))
                yield return way;
        }

        // What else is said of the person ("starts Monday") is a matter of its own, and would be found instead.
        var told = Told().Match(carrier);
        yield return told.Success ? Words(told.Groups["who"].Value, told.Groups["verb"].Value, access, thing) : Words(carrier, access, thing);
        var whom = told.Success ? Whom(told.Groups["who"].Value) : Whom(Subject().Match(carrier).Groups["who"].Value);
        if (access.Length == 0 && !NamesAccess().IsMatch(thing) && !Installs().IsMatch(carrier))
        {
            if (!Article().IsMatch(thing))
                yield return Words("install", thing, whom);
            yield return Words("access to", thing, whom);
        }
        else if (access.Length > 0)
            yield return Words(access, thing, whom);
    }

    /// <summary>"for a new hire"; nothing when it is for whoever says so.</summary>
    private static string Whom(string who) => who.Length == 0 || Speaker().IsMatch(who) ? ""
        : "for " + (Article().IsMatch(who + " ") ? char.ToLowerInvariant(who[0]) + who[1..] : who);

    private static string Words(params IEnumerable<string> words) => string.Join(' ', words.Select(w => w.Trim()).Where(w => w.Length > 0));

    /// <summary>A noun with what belongs to it, and no sentence.</summary>
    private static bool IsThing(string item) =>
        item.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostWords && !Sentence().IsMatch(item) && Begins().IsMatch(item);

    [GeneratedRegex(
        @"^(?<carrier>[^.;\n]*?\b(?:need|needs|requires?|wants?|would\s+like|should\s+(?:get|have)|must\s+have|has\s+to\s+(?:get|have)|brauche|braucht|brauchen|benötige|benötigt|benötigen|install|installiere"
        + @"|(?:give|grant|gib|gebt)\s+[\p{L}.'-]+|(?:add|invite|put)\s+[\p{L}.'-]+\s+(?:to|on|into))"
        + @")\s+(?<access>(?:(?:read|write|read\s+and\s+write|full|developer|admin)\s+)?(?:access|permissions?|rights)\s+(?:to|on|in|for)\s+|(?:lese|schreib)?(?:zugriff|zugang|rechte)\s+(?:auf|für|zu|in)\s+)?",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Carrier();

    [GeneratedRegex(@"\s*,\s*(?:and|und)\s+|\s*,\s*|\s+(?:and|und|as\s+well\s+as|sowie)\s+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex And();

    [GeneratedRegex(@"\b(?:access|rights?|permissions?|licen[cs]es?|membership|zugriff|zugang|rechte|lizenz)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NamesAccess();

    [GeneratedRegex(@"\b(?:install|installiere)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Installs();

    [GeneratedRegex(@"^\p{Lu}[\p{L}\d.+-]*\p{Ll}[\p{L}\d.+-]*(?:\s[\p{Lu}\d][\p{L}\d.+-]*){0,2}$", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"\b(?:i|he|she|it|we|they|you|me|us|ich|er|sie|es|wir|mir|is|are|was|were|does|do|did|don't|doesn't|not|no|can|can't|won't|keeps?|has|have|had|tried|needs?|please|thank|then|until|put|add|give|unlock|reset"
        + @"|install|remove|ist|sind|geht|nicht|hat|habe|kann|bitte)\b",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Sentence();

    /// <summary>An article, a name, or the kind of access: "contracts" behind "a folder with invoices" is none.</summary>
    [GeneratedRegex(@"^(?:(?i:the|an?|our|my|his|her|their|both|das|den|der|die|dem|ein|eine|einen|unser|mein|meinen)\s|[\p{Lu}\d]|(?i:access|read|write|developer|admin|full|membership|zugriff|zugang|lese|schreib))", RegexOptions.None, 1000)]
    private static partial Regex Begins();

    [GeneratedRegex(@"\s+(?:for\s+(?:me|us)|für\s+(?:mich|uns)|please|bitte)$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ForMe();

    [GeneratedRegex(@"^(?:the|an?|our|my|his|her|their|das|den|der|die|dem|eine?|einen|unser|mein)\s", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Article();

    [GeneratedRegex(@"^(?:i|we|he|she|they|you|me|us|him|her|them|it|ich|wir|mir|uns|er|sie)$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Speaker();

    /// <summary>Who needs it, or is given it.</summary>
    [GeneratedRegex(
        @"^(?:(?:please|bitte|and|und)\s+)*(?:(?<who>[\p{L}.'-]+(?:\s[\p{L}.'-]+){0,3}?)\s+(?:needs?|requires?|wants?|should|must|has|have|would|braucht?|brauchen|benötig\w+)\b.*|(?:give|grant|gib|gebt|add|invite|put)\s+(?<who>[\p{L}.'-]+).*)$",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Subject();

    /// <summary>"A new hire starts Monday and needs".</summary>
    [GeneratedRegex(
        @"^(?<who>.{2,60}?)\s+(?:starts?|joins?|begins?|comes?|is\s+(?:starting|joining|coming|new)|will\s+(?:start|join|begin)|fängt|beginnt|kommt|startet)\b.*\b(?:and|und)\s+(?:\w+\s+)?(?<verb>needs?|requires?|should\s+(?:get|have)|must\s+have|braucht|benötigt)$",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Told();
}
