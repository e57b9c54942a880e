using System.Globalization;

namespace ItOps.Bot.Console.Frame;

/// <summary>One moment for a whole page, in the reader's own time zone when the browser has told it.</summary>
public sealed record Clock(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>Set by the page's script to the browser's zone, such as <c>Europe/Berlin</c>.</summary>
    public const string ZoneCookie = "it-zone";

    public static Clock For(DateTimeOffset now, string? zoneId) =>
        new(now, zoneId is { Length: < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone) ? zone : TimeZoneInfo.Utc);

    public string Relative(DateTimeOffset at)
    {
        var distance = (Now - at).Duration();
        var text = Length(distance);
        if (text is null)
            return "just now";
        return at > Now ? $"in {text}" : $"{text} ago";
    }

    /// <summary>How long since then, such as <c>4 min</c>.</summary>
    public string Since(DateTimeOffset at) => Length((Now - at).Duration()) ?? "just now";

    public string Exact(DateTimeOffset at) => Local(at).ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + Suffix;

    /// <summary>The time of day; with the day in front when that is not today.</summary>
    public string TimeOfDay(DateTimeOffset at)
    {
        var local = Local(at);
        return local.ToString(local.Date == Local(Now).Date ? "HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture) + Suffix;
    }

    public string ToTheSecond(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private string Suffix => Zone.Equals(TimeZoneInfo.Utc) ? " UTC" : "";

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    private static string? Length(TimeSpan distance) => distance switch
    {
        { TotalSeconds: < 45 } => null,
        { TotalMinutes: < 59.5 } => $"{Math.Max(1, Math.Round(distance.TotalMinutes))} min",
        { TotalHours: < 23.5 } => $"{Math.Max(1, Math.Round(distance.TotalHours))} h",
        _ => Math.Round(distance.TotalDays) is var days && days <= 1 ? "1 day" : $"{days} days",
    };
}
