namespace ItOps.Bot.Executors.Entra.Graph;

/// <summary>Text in a filter: a literal in single quotes, in which a quote is written twice (OData 4.01, 5.1.1.14.1).</summary>
internal static class ODataText
{
    // No name, address or sign-in name of Entra is longer.
    private const int Longest = 256;

    public static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>Nothing in the directory can be called so: it is not asked for.</summary>
    public static bool IsNoName(string text) => text.Length is 0 or > Longest || text.Any(char.IsControl) || !text.IsWellFormed();

    private static bool IsWellFormed(this string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!(i + 1 < text.Length && char.IsSurrogatePair(text, i)))
                return false;
            i++;
        }

        return true;
    }
}
