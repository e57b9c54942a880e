namespace ItOps.Bot.Runbooks;

/// <summary>Names the known word that was probably meant.</summary>
public static class Nearest
{
    /// <summary>"; did you mean 'x'?", or "" when nothing known is close.</summary>
    public static string Hint(string given, IEnumerable<string> known) => To(given, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>The closest of <paramref name="known"/> within one edit of a short word and a third of a long one; the first in ordinal order among equals.</summary>
    public static string? To(string given, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in known.Order(StringComparer.Ordinal))
        {
            var distance = string.Equals(given, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(given, candidate);
            if (distance < bestDistance && distance <= Bound(candidate.Length))
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    private static int Bound(int length) => length <= 4 ? 1 : Math.Max(2, length / 3);

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
