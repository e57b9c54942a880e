using System.Text;

namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>
/// Brings spellings of one word together: small letters, umlauts and ß as two letters, other accents dropped. By table, because culture data is
/// switched off (InvariantGlobalization).
/// </summary>
internal static class Folding
{
    private const string Accented = "àáâãåçèéêëìíîïñòóôõøùúûýÿāăąćčďđēęěğīłńňőřśşšţťūůűźżž";
    private const string Plain = "aaaaaceeeeiiiinooooouuuyyaaaccddeeegilnnorsssttuuuzzz";

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 4);
        foreach (var c in text)
            Append(folded, char.ToLowerInvariant(c));
        return folded.ToString();
    }

    private static void Append(StringBuilder folded, char c)
    {
        // "sloooow": no word has a letter three times in a row.
        if (char.IsAsciiLetter(c) && folded.Length >= 2 && folded[^1] == c && folded[^2] == c)
            return;

        if (c < 128)
        {
            folded.Append(c);
            return;
        }

        switch (c)
        {
            case 'ä' or 'æ':
                folded.Append("ae");
                break;
            case 'ö' or 'œ':
                folded.Append("oe");
                break;
            case 'ü':
                folded.Append("ue");
                break;
            case 'ß':
                folded.Append("ss");
                break;
            case '’' or '‘' or '`' or '´':
                folded.Append('\'');
                break;
            case >= '\u0300' and <= '\u036f':
                break;
            default:
                var index = Accented.IndexOf(c, StringComparison.Ordinal);
                folded.Append(index < 0 ? c : Plain[index]);
                break;
        }
    }
}
