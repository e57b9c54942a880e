using System.Text.Json.Serialization;
using ItOps.Bot.People;

namespace ItOps.Bot.Approvals;

/// <summary>One person's say about one request, kept by itself to tell how people decide.</summary>
public sealed record DecisionRecord(
    string Id, string ApprovalId, string RequestId, PersonId Approver, string ApproverName, PersonId Requester, DecisionKind Kind, DateTimeOffset At)
{
    /// <summary>From the card to the press.</summary>
    public required TimeSpan After { get; init; }

    /// <summary>Agreed too soon to have read it.</summary>
    public bool IsHasty { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<DecisionKind>))]
public enum DecisionKind
{
    Approved,
    Denied,
    Asked,

    /// <summary>Nothing was decided: the person had reached the limit, and security was told so.</summary>
    Limited,
}
