using ItOps.Bot.Approvals;

namespace ItOps.Bot.Storage.Model;

// One row class for each table. Moments are UTC ticks, so that comparing works alike in every database; `Body` is the record as JSON,
// and the other columns repeat what is searched for.

internal sealed class TurnRow
{
    public required string Id { get; set; }

    public required long AcceptedAt { get; set; }

    public bool Handled { get; set; }

    /// <summary>Emptied once the turn is handled: the id stays to refuse redeliveries, the words need not.</summary>
    public required string Body { get; set; }
}

internal sealed class ConversationRow
{
    public required string Id { get; set; }

    public required int Version { get; set; }

    public required string Body { get; set; }
}

internal sealed class RequestRow
{
    public required string Id { get; set; }

    public required string Number { get; set; }

    public required string Requester { get; set; }

    public required string Status { get; set; }

    public required int Version { get; set; }

    public required int Fence { get; set; }

    public long? LeaseUntil { get; set; }

    public required long OpenedAt { get; set; }

    public required string Body { get; set; }
}

/// <summary>A request that one message asked for together with others.</summary>
internal sealed class GroupedRequestRow
{
    public required string RequestId { get; set; }

    public required string GroupId { get; set; }

    /// <summary>It waits for another one of its group.</summary>
    public required bool Held { get; set; }
}

/// <summary>An approval that shares its card with others.</summary>
internal sealed class BundledApprovalRow
{
    public required string ApprovalId { get; set; }

    public required string Bundle { get; set; }
}

internal sealed class ApprovalRow
{
    public required string Id { get; set; }

    public required string RequestId { get; set; }

    /// <summary>What is kept ready for a report has states of its own, so that hundreds of them cost nothing where people look for what they must decide.</summary>
    public required string Status { get; set; }

    public required int Version { get; set; }

    public required long AskedAt { get; set; }

    /// <summary>When the next of reminder, escalation and expiry is due.</summary>
    public required long DueAt { get; set; }

    public required long UpdatedAt { get; set; }

    public required string Body { get; set; }

    public const string ReportPrefix = "Report";

    public static string StatusOf(Approval approval) => (approval.Purpose == ApprovalPurpose.Report ? ReportPrefix : "") + approval.Status;
}

internal sealed class StepRow
{
    public required string RequestId { get; set; }

    public required string Digest { get; set; }

    public required int Index { get; set; }

    public required string Body { get; set; }
}

internal sealed class OutboxRow
{
    public required string Id { get; set; }

    /// <summary>Grows with each message, so that one conversation's messages leave in the order they were queued.</summary>
    public long Position { get; set; }

    public required string Channel { get; set; }

    public required string Conversation { get; set; }

    public string? Topic { get; set; }

    public required long QueuedAt { get; set; }

    /// <summary>None when it will not be tried again.</summary>
    public long? NextAttempt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Reason { get; set; }

    public required string Body { get; set; }
}

internal sealed class PostedMessageRow
{
    public required string Topic { get; set; }

    public required string Channel { get; set; }

    public required string Conversation { get; set; }

    public required string MessageId { get; set; }
}

internal sealed class AuditRow
{
    public required long Sequence { get; set; }

    public required long At { get; set; }

    public required string Action { get; set; }

    public required string Actor { get; set; }

    public required string ActorName { get; set; }

    public required string Subject { get; set; }

    public string? RequestId { get; set; }

    public required string Facts { get; set; }

    public required string PreviousHash { get; set; }

    public required string Hash { get; set; }
}

internal sealed class AuditHeadRow
{
    /// <summary>Always 1: there is one chain.</summary>
    public required int Id { get; set; }

    public required long Count { get; set; }

    public required string Hash { get; set; }
}

internal sealed class SecretRow
{
    public required string TokenHash { get; set; }

    public required long ExpiresAt { get; set; }

    public required string Body { get; set; }
}

internal sealed class PickupRow
{
    public required string Id { get; set; }

    public required string TokenHash { get; set; }

    public required int Ordinal { get; set; }

    public required string Status { get; set; }

    public required int Version { get; set; }

    public required long ExpiresAt { get; set; }

    public required string Body { get; set; }
}

internal sealed class HandOffRow
{
    public required string Id { get; set; }

    public required string RequestId { get; set; }

    public required string Status { get; set; }

    public required int Version { get; set; }

    public required long OpenedAt { get; set; }

    /// <summary>When its ticket is looked after next; none when it is left alone.</summary>
    public long? TicketDueAt { get; set; }

    public required string Body { get; set; }
}

internal sealed class RouteRow
{
    public required string Conversation { get; set; }

    public required string Route { get; set; }
}

internal sealed class TargetUseRow
{
    public required string RequestId { get; set; }

    public required string Owner { get; set; }

    public required string Operation { get; set; }

    public required long At { get; set; }
}

internal sealed class DecisionRow
{
    public required string Id { get; set; }

    public required string Person { get; set; }

    public required string Kind { get; set; }

    public required long At { get; set; }

    public required string Body { get; set; }
}

internal sealed class ContactsRow
{
    public required string Person { get; set; }

    public required int Version { get; set; }

    /// <summary>When the newest route came; none when all have been there from the beginning.</summary>
    public long? ChangedAt { get; set; }

    public required string Body { get; set; }
}

internal sealed class ContactBaselineRow
{
    /// <summary>Always 1: there is one beginning.</summary>
    public required int Id { get; set; }

    public required int Version { get; set; }

    public required long BegunAt { get; set; }

    public long? EndedAt { get; set; }
}

internal sealed class RunbookRow
{
    public required string Id { get; set; }

    public required int Revision { get; set; }

    /// <summary>The version that is in force; 0 while there is none.</summary>
    public required int Published { get; set; }

    public required bool Enabled { get; set; }

    public string? FileHash { get; set; }

    public required bool FileGone { get; set; }

    public required int FileVersion { get; set; }
}

internal sealed class RunbookVersionRow
{
    public required string RunbookId { get; set; }

    public required int Number { get; set; }

    public required string Status { get; set; }

    public required int Revision { get; set; }

    public required string ContentHash { get; set; }

    public required long ChangedAt { get; set; }

    public required string Body { get; set; }
}

internal sealed class TranscriptRow
{
    public required string Conversation { get; set; }

    public required string MessageId { get; set; }

    /// <summary>Grows within the conversation.</summary>
    public long Position { get; set; }

    public required string Body { get; set; }
}

internal sealed class SandboxDocumentRow
{
    public required string Kind { get; set; }

    public required string Id { get; set; }

    public required int Version { get; set; }

    public required string Body { get; set; }
}

internal sealed class SandboxEffectRow
{
    public long Position { get; set; }

    public required string ObjectId { get; set; }

    public required string Operation { get; set; }

    public required long At { get; set; }
}
