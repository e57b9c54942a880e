using ItOps.Bot.Plans;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>What somebody types to show that they read what they approve.</summary>
public static class TypedConfirmation
{
    private const int Longest = 500;

    /// <summary>The names of all that the steps act on, as the card shows them.</summary>
    public static string Of(IEnumerable<PlanStep> steps) =>
        string.Join(", ", steps.Select(s => Shown(s.Target)).Distinct(StringComparer.OrdinalIgnoreCase));

    /// <summary>Compared as it stands but for case and the space around it: a look-alike letter is another name.</summary>
    public static bool Matches(string? typed, string wanted) =>
        typed is { Length: <= Longest } && string.Equals(MessageText.Clean(typed).Trim(), wanted.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string Shown(PlanTarget target) => string.IsNullOrWhiteSpace(target.Display) ? target.Id : target.Display;
}
