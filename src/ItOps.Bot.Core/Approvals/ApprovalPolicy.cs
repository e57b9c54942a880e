namespace ItOps.Bot.Approvals;

/// <summary>
/// Who decides about what. The first rule whose operations match every changing step applies; a plan that no rule covers is refused (I7).
/// <see cref="Version"/> is part of every plan's digest.
/// </summary>
public sealed record ApprovalPolicy(int Version, IReadOnlyList<ApprovalRule> Rules)
{
    /// <summary>The group that takes over what the bot cannot do.</summary>
    public required string HandOffGroup { get; init; }

    /// <summary>The group that hears of privileged targets and changed plans.</summary>
    public required string SecurityGroup { get; init; }

    /// <summary>How many requests one person may open in an hour.</summary>
    public int RequestsPerHour { get; init; } = 10;

    /// <summary>How many approvals one person may decide, or ask back about, in an hour.</summary>
    public int ApprovalsPerHour { get; init; } = 30;

    /// <summary>Who agrees sooner than this after the card came can hardly have read it.</summary>
    public TimeSpan HastyBelow { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// One rule. <paramref name="Operations"/> are operation ids, or a prefix ending in <c>.*</c>.
/// </summary>
public sealed record ApprovalRule(string Name, IReadOnlyList<string> Operations)
{
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Owners of the resource decide; the groups only when it has none.</summary>
    public bool ResourceOwner { get; init; }

    /// <summary>The requester's manager may decide as well.</summary>
    public bool ManagerOfRequester { get; init; }

    public int Quorum { get; init; } = 1;

    /// <summary>Who approves types the name of what the change acts on, so that nobody agrees without having read it.</summary>
    public bool ConfirmTyped { get; init; }

    public TimeSpan ExpiresAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>None when nobody is reminded.</summary>
    public TimeSpan? RemindAfter { get; init; }

    public TimeSpan? EscalateAfter { get; init; }

    public IReadOnlyList<string> EscalateTo { get; init; } = [];
}
