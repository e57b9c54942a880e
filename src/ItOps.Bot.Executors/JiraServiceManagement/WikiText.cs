using System.Text;

namespace ItOps.Bot.Executors.JiraServiceManagement;

/// <summary>Text that means nothing to Jira's wiki renderer, in which the service desk API writes descriptions and comments (I5).</summary>
internal static class WikiText
{
    private const string Markup = "{}[]*_-+^~?!|#@&";

    /// <summary>A backslash before whatever could begin markup: macros, links, mentions, pictures, tables, formats. A backslash itself has none; it becomes its entity.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (c == '\\')
                escaped.Append("&#92;");
            else
                (Markup.Contains(c, StringComparison.Ordinal) ? escaped.Append('\\') : escaped).Append(c);
        }

        return escaped.ToString();
    }
}
