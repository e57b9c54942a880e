using System.Globalization;

namespace ItOps.Bot.Knowledge.Yaml;

/// <summary>Lengths of time as people write them in a policy: a whole number and m, h or d.</summary>
internal static class YamlDuration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 200_000)
            return null;

        TimeSpan? duration = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
        return duration <= Longest ? duration : null;
    }
}
