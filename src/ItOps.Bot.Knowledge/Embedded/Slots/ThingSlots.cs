using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>Which device, printer, monitor, place or network a message names, and which error it quotes.</summary>
internal static partial class ThingSlots
{
    private static readonly HashSet<string> DeviceNouns =
        ["laptop", "notebook", "pc", "computer", "machine", "workstation", "desktop", "device", "tablet", "surface", "host", "hostname", "rechner", "gerät", "geraet", "server"];

    /// <param name="keysToo">Whether PLAT-12 may be an issue of a project rather than a device.</param>
    public static IEnumerable<string> Device(SlotText text, bool keysToo) => text.Words
        .Where(w => w.Safe && (AssetTag().IsMatch(w.Value) || (FollowsNoun(text, w) && LooseTag().IsMatch(w.Value))))
        .Where(w => !FollowsPrinter(text, w) && (!keysToo || FollowsNoun(text, w) || !IssueKey().IsMatch(w.Value)))
        .Select(w => w.Value).Distinct();

    public static IEnumerable<string> Printer(SlotText text) => text.Words
        .Where(w => w.Safe && FollowsPrinter(text, w) && (w.HasDigit || w.Value.Contains('-') || w.IsUpper) && w.Value.Any(char.IsLetter))
        .Select(w => w.Value).Distinct();

    public static IEnumerable<string> Monitor(SlotText text) => Safe(MonitorModel().Matches(text.Original));

    public static IEnumerable<string> ErrorCode(SlotText text) => Safe(ErrorCodes().Matches(text.Original));

    public static IEnumerable<string> Location(SlotText text) => Safe(Places().Matches(text.Original));

    public static IEnumerable<string> Network(SlotText text) => Safe(NetworkName().Matches(text.Original))
        .Where(v => WordClasses.Of(Stemmer.Stem(Folding.Fold(v))) is WordClass.Unknown || v.Any(char.IsAsciiDigit));

    private static IEnumerable<string> Safe(IEnumerable<Match> matches) => matches.Select(m => m.Groups["value"].Value).Where(SlotText.IsSafe).Distinct();

    private static bool FollowsNoun(SlotText text, SlotWord word) =>
        DeviceNouns.Contains(text.At(word.Position - 1).Small) || (text.At(word.Position - 1).Small is "is" or "called" or "named" && DeviceNouns.Contains(text.At(word.Position - 2).Small));

    private static bool FollowsPrinter(SlotText text, SlotWord word) =>
        text.At(word.Position - 1).Small is "printer" or "drucker" || (text.At(word.Position - 1).Small is "to" or "on" or "auf" && text.At(word.Position - 2).Small is "print" or "printing" or "drucken");

    /// <summary>Letters, digits and dashes with at least one digit, in capitals: LT-3390, WKS0417, DESKTOP-9QK2L.</summary>
    [GeneratedRegex(@"^(?=.*\d)(?:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+|[A-Z]{2,}\d{3,})$")]
    private static partial Regex AssetTag();

    [GeneratedRegex(@"^(?=.*\d)[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$")]
    private static partial Regex LooseTag();

    [GeneratedRegex(@"^[A-Z][A-Z0-9]{1,9}-\d+$")]
    private static partial Regex IssueKey();

    [GeneratedRegex(@"\b(?<value>(?:dell|hp|lg|samsung|benq|lenovo|asus|acer|philips|eizo|iiyama|aoc|viewsonic|apple|msi|nec)\s+[A-Za-z]{0,3}-?\d{2,4}[A-Za-z0-9]*)\b(?!\s*(?:laptop|notebook|printer|dock))", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex MonitorModel();

    [GeneratedRegex(
        @"(?<![\w-])(?:(?<value>0x[0-9A-Fa-f]{2,16})|(?<value>[A-Z]{3,}(?:_[A-Z0-9]+)+)|(?:error|fehler|code|fehlercode|status|stop\s*code)\s*:?\s*(?:code|number|nr\.?|#)?\s*(?<value>[A-Z]{0,4}-?\d{2,10})|(?<value>[45]0\d)(?=\s+(?:error|fehler|when|page|from|on|in|if))|(?:get|getting|got|see|shows?|says?|bekomme)\s+(?:an?\s+)?(?<value>[45]\d\d))(?![\w-])",
        RegexOptions.None, 1000)]
    private static partial Regex ErrorCodes();

    [GeneratedRegex(
        @"\b(?<value>(?:(?:meeting|conference|board)\s?room|room|raum|besprechungsraum|building|gebäude|floor|stockwerk|etage|lab|office)\s+(?:[A-Z]?\d[\w.-]*|[A-Z]\b)|(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|ground|top)\s+floor|\d{1,2}\.\s+(?:stock|etage))",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Places();

    [GeneratedRegex(@"\b(?:ssid|(?:wi-?fi|wlan|network|netzwerk)\s+(?:called|named|namens|name(?:\s+is)?)|(?:to|on)\s+(?:the\s+)?(?:wi-?fi|wlan|network))\s*:?\s+(?<value>[A-Za-z0-9][\w.-]{1,31})", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NetworkName();
}
