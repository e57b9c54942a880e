using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>Which device, printer, monitor, place or network a message names, and which error it quotes.</summary>
internal static partial class ThingSlots
{
    private static readonly HashSet<string> DeviceNouns =
        ["laptop", "notebook", "pc", "computer", "machine", "workstation", "desktop", "device", "tablet", "surface", "host", "hostname", "rechner", "gerät", "geraet", "server"];

    /// <param name="keysToo">Whether PLAT-12 may be an issue of a project rather than a device.</param>
    /// <param name="printersToo">Whether HP-3F-02 may be a printer.</param>
    public static IEnumerable<string> Device(SlotText text, bool keysToo, bool printersToo)
    {
        var printers = printersToo ? Printer(text).ToHashSet(StringComparer.Ordinal) : [];
        var tags = text.Words
            .Where(w => w.Safe && (AssetTag().IsMatch(w.Value) || (FollowsNoun(text, w) && LooseTag().IsMatch(w.Value))))
            .Where(w => !FollowsPrinter(text, w) && !printers.Contains(w.Value) && (!keysToo || FollowsNoun(text, w) || !IssueKey().IsMatch(w.Value)) && !IsCode(w))
            .Select(w => w.Value).Distinct().ToList();
        return tags.Count > 0 ? tags : Safe(DeviceModel().Matches(text.Original));
    }

    public static IEnumerable<string> Printer(SlotText text)
    {
        var named = text.Words
            .Where(w => w.Safe && (w.HasDigit || w.Value.Contains('-') || w.IsUpper) && w.Value.Any(char.IsLetter) && (FollowsPrinter(text, w) || (PrinterTag().IsMatch(w.Value) && !FollowsNoun(text, w))))
            .Select(w => w.Value).Distinct().ToList();
        return named.Count > 0 ? named : Safe(PrinterModel().Matches(text.Original));
    }

    public static IEnumerable<string> Monitor(SlotText text) => Safe(MonitorModel().Matches(text.Original));

    public static IEnumerable<string> ErrorCode(SlotText text) => Safe(ErrorCodes().Matches(text.Original));

    public static IEnumerable<string> Location(SlotText text) => Safe(Places().Matches(text.Original));

    public static IEnumerable<string> Network(SlotText text) => Safe(NetworkName().Matches(text.Original))
        .Where(v => WordClasses.Of(Stemmer.Stem(Folding.Fold(v))) is WordClass.Unknown || v.Any(char.IsAsciiDigit));

    private static IEnumerable<string> Safe(IEnumerable<Match> matches) => matches.Select(m => m.Groups["value"].Value).Where(SlotValue.IsSafe).Distinct();

    private static bool IsCode(SlotWord word) => ErrorCodes().IsMatch(word.Value);

    private static bool FollowsNoun(SlotText text, SlotWord word) =>
        DeviceNouns.Contains(text.At(word.Position - 1).Small) || (text.At(word.Position - 1).Small is "is" or "called" or "named" && DeviceNouns.Contains(text.At(word.Position - 2).Small));

    private static bool FollowsPrinter(SlotText text, SlotWord word) =>
        text.At(word.Position - 1).Small is "printer" or "drucker" or "impresora" or "imprimante" or "queue" || (text.At(word.Position - 1).Small is "to" or "on" or "auf" && text.At(word.Position - 2).Small is "print" or "printing" or "drucken" or "prints" or "imprimer" or "imprimir");

    /// <summary>Letters, digits and dashes with at least one digit, in capitals: LT-3390, WKS0417, DESKTOP-9QK2L.</summary>
    [GeneratedRegex(@"^(?=.*\d)(?:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+|[A-Z]{2,}\d{3,})$")]
    private static partial Regex AssetTag();

    /// <summary>Tags that begin with a maker of printers, or with what printers are called.</summary>
    [GeneratedRegex(@"^(?:HP|CANON|XEROX|XRX|RICOH|EPSON|BROTHER|LEXMARK|KYO(?:CERA)?|KONICA|KM|PRN?T?|PRINTER|DRUCKER|MFP|IMP|PLOTTER)[-_]?(?:[A-Z0-9]+[-_])*[A-Z0-9]*\d[A-Z0-9]*(?:-[A-Z]+)?$")]
    private static partial Regex PrinterTag();

    [GeneratedRegex(@"\b(?<value>(?:hp|canon|xerox|ricoh|epson|brother|lexmark|kyocera|konica(?:\s+minolta)?|oki|samsung)\s+(?:[A-Za-z][A-Za-z-]*\s+){0,2}[A-Za-z-]{0,5}\d[\w-]*)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PrinterModel();

    /// <summary>A model with its number, when no tag says which one it is: "ThinkPad T14", "EliteBook 840 G8", "iPhone 13".</summary>
    [GeneratedRegex(@"\b(?<value>(?:thinkpad|optiplex|elitebook|probook|latitude|precision|inspiron|vostro|xps|zbook|prodesk|elitedesk|ideapad|thinkcentre|lifebook|macbook|imac|iphone|ipad|surface|galaxy|pixel)(?:\s+(?:pro|air|mini|laptop|book|go))?(?:\s+[A-Z]{0,2}\d{1,4}[a-z]?(?:\s+G\d{1,2})?))\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex DeviceModel();

    [GeneratedRegex(@"^(?=.*\d)[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$")]
    private static partial Regex LooseTag();

    [GeneratedRegex(@"^[A-Z][A-Z0-9]{1,9}-\d+$")]
    private static partial Regex IssueKey();

    [GeneratedRegex(@"\b(?<value>(?:dell|hp|lg|samsung|benq|lenovo|asus|acer|philips|eizo|iiyama|aoc|viewsonic|apple|msi|nec)\s+[A-Za-z]{0,3}-?\d{2,4}[A-Za-z0-9]*)\b(?!\s*(?:laptop|notebook|printer|dock))", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex MonitorModel();

    [GeneratedRegex(
        @"(?<![\w-])(?:(?<value>0x[0-9A-Fa-f]{2,16})|(?<value>[A-Z]{3,}(?:_[A-Z0-9]+)+)|(?:error|fehler|code|fehlercode|status|stop\s*code|erreur|codigo|código|fehlermeldung|event(?:\s*id)?)\s*:?\s*(?:code|number|nr\.?|#)?\s*(?<value>[A-Z]{0,4}-?\d{2,10})|(?<value>[45]0\d)(?=\s+(?:error|fehler|when|page|from|on|in|if))|(?:get|getting|got|gets|gives?|gave|returns?|throws?|see|shows?|says?|with|bekomme|meldet|zeigt|sale|affiche)\s+(?:an?\s+)?(?<value>[45]\d\d)|^\s*(?<value>\d{3,5})(?=\s+(?:from|with|when|error|on|in|at|bei|beim|con|avec)\s)|(?<value>(?:CAA|AADSTS)[0-9A-Z]{4,10})|(?<value>[45]\.\d{1,3}\.\d{1,3}))(?![\w-])",
        RegexOptions.None, 1000)]
    private static partial Regex ErrorCodes();

    [GeneratedRegex(
        @"\b(?<value>(?:(?:meeting|conference|board)\s?room|room|raum|besprechungsraum|building|gebäude|floor|stockwerk|etage|lab|office|desk|salle|sala|bureau|planta|étage)\s+(?:[A-Z]?\d[\w.-]*\w|[A-Z]?\d|[A-Z]\b|(?-i:[A-Z][a-zà-ü]{2,}))|(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|ground|top)\s+floor|\d{1,2}\.\s+(?:stock|etage)|\d{1,2}(?:er|e|ème|eme)\s+étage|(?:primera|segunda|tercera|cuarta)\s+planta)",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Places();

    [GeneratedRegex(@"\b(?:ssid|(?:wi-?fi|wlan|network|netzwerk)\s+(?:called|named|namens|name(?:\s+is)?)|(?:to|on)\s+(?:the\s+)?(?:wi-?fi|wlan|network)|réseau(?:\s+wi-?fi)?|red(?:\s+wi-?fi)?|netz(?:werk)?)\s*:?\s+(?<value>[A-Za-z0-9][\w.-]{1,31})", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NetworkName();
}
