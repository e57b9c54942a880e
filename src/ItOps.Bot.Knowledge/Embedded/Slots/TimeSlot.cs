using System.Text.RegularExpressions;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>How long, or since when, in the person's own words.</summary>
internal static partial class TimeSlot
{
    private const string Months =
        "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|januar|februar|märz|mai|juni|juli|oktober|dezember";

    private const string Weekdays = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag";

    private const string Moment =
        @"(?:(?:the\s+|dem\s+)?\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?:" + Months + @")(?:\s+\d{4})?|(?:" + Months + @")\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?"
        + @"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./](?:\d{2,4})?|(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|next\s+)?\w+|ende\s+\w+"
        + @"|(?:next|last|this|nächste[nr]?|letzte[nr]?)\s+\w+|(?:" + Months + "|" + Weekdays + @")|yesterday|tomorrow|today|gestern|morgen|heute)";

    /// <param name="pastToo">Whether "since Tuesday" counts: it tells the age of a trouble, and nothing about how long an access should last.</param>
    public static IEnumerable<string> Read(SlotText text, bool pastToo)
    {
        var matches = Length().Matches(text.Original).Concat(Until().Matches(text.Original));
        if (pastToo)
            matches = matches.Concat(Since().Matches(text.Original));
        return matches.OrderBy(m => m.Index).Select(m => m.Groups["value"].Value).Where(SlotValue.IsSafe).Take(1);
    }

    [GeneratedRegex(
        @"(?<![\w.-])(?<value>(?:\d{1,3}|one|two|three|four|five|six|seven|ten|twelve|a|an|ein|eine|einen|zwei|drei|vier|fünf|sechs)[\s-]+(?:(?:business|working)\s+)?(?:minutes?|hours?|days?|weeks?|months?|years?|quarters?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?))(?![\w-])(?!\s+(?:ago|old|later))",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Length();

    [GeneratedRegex(@"\b(?<value>(?:until|till|til|bis(?:\s+zum)?)\s+" + Moment + @")(?!\w)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Until();

    [GeneratedRegex(@"\b(?<value>(?:since|seit)\s+" + Moment + @")(?!\w)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Since();
}
