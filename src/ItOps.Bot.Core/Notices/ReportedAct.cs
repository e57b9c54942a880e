using ItOps.Bot.People;

namespace ItOps.Bot.Notices;

/// <summary>What was done to somebody's account, as they and their manager are told it: names and moments, never a secret.</summary>
/// <param name="RequestId">The request that did it.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Owner">Whose account it is.</param>
/// <param name="Done">The steps that were done.</param>
public sealed record ReportedAct(string RequestId, string Number, string Title, PersonId Owner, string OwnerName, IReadOnlyList<string> Done, DateTimeOffset At)
{
    public required string AskedBy { get; init; }

    /// <summary>How they had proved who they are.</summary>
    public string Assurance { get; init; } = "";

    /// <summary>Empty when nobody had to.</summary>
    public required string ApprovedBy { get; init; }
}
