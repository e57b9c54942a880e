namespace ItOps.Bot.Knowledge;

/// <summary>What a value that was read from words may look like, whoever read it.</summary>
public static class SlotValue
{
    private const int Longest = 100;
    private const string Forbidden = "|;&$`<>*()'\"\\{}[]=%^!?#~\0";

    /// <summary>Whether it may be used as it stands: nothing in it that a shell, a filter or a card would act on.</summary>
    public static bool IsSafe(string value) => value.Length is > 0 and <= Longest && !value.Any(c => Forbidden.Contains(c) || char.IsControl(c));
}
