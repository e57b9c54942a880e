namespace ItOps.Bot.Executors.Jira;

/// <summary>What may become part of an address: account ids, project keys and role ids as Atlassian makes them.</summary>
internal static class JiraIds
{
    private const int LongestAccount = 128;
    private const int LongestProject = 255;

    public static bool IsAccount(string text) => text.Length is > 0 and <= LongestAccount && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-' or '_');

    public static bool IsProject(string text) =>
        text.Length is > 0 and <= LongestProject && char.IsAsciiLetterUpper(text[0]) && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>Reads <c>KEY:10002</c>.</summary>
    public static (string Project, string Role)? Read(string objectId) =>
        objectId.Split(':') is [var project, { Length: > 0 and < 19 } role] && IsProject(project) && role.All(char.IsAsciiDigit) ? (project, role) : null;

    /// <summary>The role's id at the end of its address, by which a project lists its roles; none when there is none.</summary>
    public static string? RoleOf(string address) =>
        address[(address.LastIndexOf('/') + 1)..] is { Length: > 0 and < 19 } id && id.All(char.IsAsciiDigit) ? id : null;
}
