using ItOps.Bot.Turns;

namespace ItOps.Bot.Console.SignIn;

/// <summary>
/// Who is signed in, in the browser that asks. <paramref name="SeesEverybody"/>: everybody's requests and the audit record, not only their own.
/// </summary>
public sealed record Visitor(Principal Principal, string UserName, IReadOnlySet<string> Groups, bool SeesEverybody)
{
    private static readonly (string Group, string Word)[] Words =
        [("it-approvers", "IT approver"), ("security", "security"), ("runbook-authors", "runbook author"), ("auditors", "auditor")];

    /// <summary>Looks after who is known and how people decide.</summary>
    public bool Guards { get; init; }

    /// <summary>Whose work is with runbooks.</summary>
    public bool ReadsRunbooks => WritesRunbooks || SeesEverybody;

    /// <summary>May write, publish and switch off runbooks.</summary>
    public bool WritesRunbooks { get; init; }

    public string Role => Describe(Groups);

    /// <summary>The groups that mean something to readers of the console, in words.</summary>
    public static string Describe(IReadOnlySet<string> groups)
    {
        var held = string.Join(", ", Words.Where(w => groups.Contains(w.Group)).Select(w => w.Word));
        return held.Length == 0 ? "Employee" : char.ToUpperInvariant(held[0]) + held[1..];
    }
}
