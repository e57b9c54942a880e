namespace ItOps.Bot.Plans;

/// <summary>How policies name operations, and descriptors arguments: an id, or a prefix ending in <c>.*</c>.</summary>
public static class OperationPattern
{
    public static bool Covers(string pattern, string operation) =>
        pattern.EndsWith(".*", StringComparison.Ordinal) ? operation.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == operation;
}
