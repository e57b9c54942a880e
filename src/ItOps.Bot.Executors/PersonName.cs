using System.Text;

namespace ItOps.Bot.Executors;

/// <summary>
/// A name for comparison: composed (NFC), ordinal, ignoring case. Only names that are both plain ASCII or both not can match, so that no look-alike
/// (Cyrillic а, the Kelvin sign K, the long s ſ) stands for a letter.
/// </summary>
internal readonly record struct PersonName
{
    // string.Normalize does nothing when globalization is invariant, so the marks of European names are composed here:
    // each mark, its bases, and what they become, position by position.
    private static readonly (char Mark, string Bases, string Composed)[] s_compositions =
    [
        ('\u0300', "AEINOUaeinou", "ÀÈÌǸÒÙàèìǹòù"),
        ('\u0301', "ACEILNORSUYZaceilnorsuyz", "ÁĆÉÍĹŃÓŔŚÚÝŹáćéíĺńóŕśúýź"),
        ('\u0302', "ACEGHIJOSUWYaceghijosuwy", "ÂĈÊĜĤÎĴÔŜÛŴŶâĉêĝĥîĵôŝûŵŷ"),
        ('\u0303', "AINOUainou", "ÃĨÑÕŨãĩñõũ"),
        ('\u0304', "AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
        ('\u0306', "AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ"),
        ('\u0307', "CEGIZcegz", "ĊĖĠİŻċėġż"),
        ('\u0308', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
        ('\u030A', "AUau", "ÅŮåů"),
        ('\u030B', "OUou", "ŐŰőű"),
        ('\u030C', "CDENRSTZcdenrstz", "ČĎĚŇŘŠŤŽčďěňřšťž"),
        ('\u0326', "STst", "ȘȚșț"),
        ('\u0327', "CGKLNRSTcgklnrst", "ÇĢĶĻŅŖŞŢçģķļņŗşţ"),
        ('\u0328', "AEIUaeiu", "ĄĘĮŲąęįų"),
    ];

    private readonly string _composed;
    private readonly bool _isPlain;

    public PersonName(string text)
    {
        var trimmed = text.Trim();
        _isPlain = Ascii.IsValid(trimmed);
        _composed = _isPlain ? trimmed : Compose(trimmed);
    }

    /// <summary>As it is compared, for asking a directory that does not compose.</summary>
    public string Composed => _composed;

    public bool Matches(PersonName other) =>
        _composed.Length > 0 && _isPlain == other._isPlain && string.Equals(_composed, other._composed, StringComparison.OrdinalIgnoreCase);

    private static string Compose(string text)
    {
        var composed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var whole = composed.Length > 0 ? Whole(composed[^1], c) : null;
            if (whole is { } one)
                composed[^1] = one;
            else
                composed.Append(c);
        }

        return composed.ToString();
    }

    private static char? Whole(char letter, char mark)
    {
        foreach (var (candidate, bases, composed) in s_compositions)
        {
            if (candidate == mark && bases.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at)
                return composed[at];
        }

        return null;
    }
}
