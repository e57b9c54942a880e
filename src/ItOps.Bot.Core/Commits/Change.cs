using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Auditing;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.HandOffs;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Commits;

/// <summary>One thing that becomes durable, together with all others of its <see cref="Commit"/> or not at all.</summary>
public abstract record Change;

/// <summary>A turn enters the inbox; conflicts when its id was accepted before.</summary>
public sealed record TurnAccepted(Turn Turn) : Change;

/// <summary>A turn leaves the inbox; conflicts when it left it before.</summary>
public sealed record TurnHandled(string TurnId) : Change;

/// <summary>Stores a conversation whose stored version is one less than <see cref="ConversationContext.Version"/>.</summary>
public sealed record ConversationSaved(ConversationContext Conversation) : Change;

/// <summary>Stores a request whose stored version is one less than <see cref="ServiceRequest.Version"/>; version 1 is new.</summary>
public sealed record RequestSaved(ServiceRequest Request) : Change;

/// <summary>The runner with this fence is alive: its request is left alone until then. Conflicts when another runner took over.</summary>
public sealed record LeaseRenewed(string RequestId, int Fence, DateTimeOffset Until) : Change;

/// <summary>Stores an approval whose stored version is one less than <see cref="Approval.Version"/>; version 1 is new.</summary>
public sealed record ApprovalSaved(Approval Approval) : Change;

/// <summary>Stores a hand-off whose stored version is one less than <see cref="HandOffCase.Version"/>; version 1 is new, and conflicts when the request has one.</summary>
public sealed record HandOffSaved(HandOffCase HandOff) : Change;

/// <summary>Stores how far a hand-off's ticket is, and nothing else about it; conflicts as <see cref="HandOffSaved"/> does.</summary>
public sealed record TicketNoted(HandOffCase HandOff) : Change;

/// <summary>
/// Stores a journal line; conflicts when the request's fence is not <see cref="StepRecord.Fence"/>. A request saved earlier in the same commit counts with its
/// new fence.
/// </summary>
public sealed record StepJournaled(StepRecord Step) : Change;

/// <summary>Puts a message into the outbox.</summary>
public sealed record MessageQueued(OutboxMessage Message) : Change;

/// <summary>A message left the outbox. With <paramref name="Posted"/> and a topic, the posted message is remembered, to be updated later.</summary>
public sealed record MessageSent(string MessageId, MessageReference? Posted) : Change;

/// <summary>A message could not be sent and is tried again at <paramref name="NextAttempt"/>; never again when that is none.</summary>
public sealed record MessageDeferred(string MessageId, int Attempts, DateTimeOffset? NextAttempt, string Reason) : Change;

/// <summary>Stores an encrypted one-time secret.</summary>
public sealed record SecretStored(OneTimeSecret Secret) : Change;

/// <summary>Removes a one-time secret; conflicts when it is gone already, so that it is read once.</summary>
public sealed record SecretTaken(string TokenHash) : Change;

/// <summary>Stores a pickup whose stored version is one less than <see cref="Pickup.Version"/>; version 1 is new, and conflicts when the link has one of its ordinal.</summary>
public sealed record PickupSaved(Pickup Pickup) : Change;

/// <summary>Remembers what a channel needs to write into a place again, in the channel's own format; none forgets it.</summary>
public sealed record RouteSaved(ConversationId Conversation, string? Route) : Change;

/// <summary>Notes that something was asked for on somebody's account, for the limits per target.</summary>
public sealed record TargetNoted(TargetUse Use) : Change;

/// <summary>Stores the routes to a person as they were seen, when the stored version is one less than <see cref="PersonContacts.Version"/>; version 1 is new.</summary>
public sealed record ContactsSaved(PersonContacts Contacts) : Change;

/// <summary>Stores that the first look at the directory began, or ended; conflicts when it did before.</summary>
public sealed record ContactBaselineSaved(ContactBaseline Baseline) : Change;

/// <summary>
/// Keeps how somebody decided. Conflicts when it was kept before, and when the person has decided <paramref name="Limit"/> times since <paramref name="Since"/>.
/// </summary>
public sealed record DecisionRecorded(DecisionRecord Decision, DateTimeOffset Since, int Limit) : Change;

/// <summary>Stores what holds for a runbook, when the stored revision is one less than <see cref="RunbookEntry.Revision"/>; revision 1 is new.</summary>
public sealed record RunbookEntrySaved(RunbookEntry Entry) : Change;

/// <summary>Stores a version of a runbook, when the stored revision is one less than <see cref="RunbookVersion.Revision"/>; revision 1 is new.</summary>
public sealed record RunbookVersionSaved(RunbookVersion Version) : Change;

/// <summary>Appends to the audit chain.</summary>
public sealed record Audited(AuditEntry Entry) : Change;
