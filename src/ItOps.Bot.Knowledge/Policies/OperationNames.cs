namespace ItOps.Bot.Knowledge.Policies;

/// <summary>How policies write operations: <c>account.unlock</c>, <c>aws.ec2.reboot</c>, or <c>account.*</c> for all of a kind.</summary>
internal static class OperationNames
{
    public static bool IsPattern(string text)
    {
        var parts = text.Split('.');
        return parts.Length is 2 or 3 && parts[..^1].All(IsWord) && (parts[^1] == "*" || IsWord(parts[^1]));
    }

    private static bool IsWord(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
