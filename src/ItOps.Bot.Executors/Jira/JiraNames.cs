namespace ItOps.Bot.Executors.Jira;

/// <summary>Finding accounts by their e-mail address. A search of Jira finds beginnings, names and look-alikes; here the whole address is compared.</summary>
internal static class JiraNames
{
    // RFC 5321 allows no longer address.
    private const int Longest = 254;

    public static async Task<IReadOnlyList<JiraUser>> FindAsync(JiraClient client, string email, CancellationToken cancellationToken)
    {
        var trimmed = email.Trim();
        if (trimmed.Length > Longest || !trimmed.Contains('@', StringComparison.Ordinal) || !trimmed.All(c => c is > ' ' and < '\u007f'))
            return [];
        var wanted = new PersonName(trimmed);
        return [.. (await client.SearchAsync(trimmed, cancellationToken)).Where(u => new PersonName(u.EmailAddress ?? "").Matches(wanted))];
    }
}
