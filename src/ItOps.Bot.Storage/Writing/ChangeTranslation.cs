using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

/// <summary>Makes writes of changes, on the caller's thread.</summary>
internal sealed class ChangeTranslation(StoredJson json)
{
    public PendingCommit Translate(Commit commit)
    {
        var writes = new List<IWrite>(commit.Changes.Count);
        List<AuditEntry>? audits = null;
        var isAcknowledgement = true;
        foreach (var change in commit.Changes)
        {
            isAcknowledgement &= change is TurnAccepted or RouteSaved;
            if (change is Audited audited)
                (audits ??= []).Add(audited.Entry);
            else
                writes.Add(Translate(change));
        }

        if (audits is not null)
            writes.Add(new AppendAudit(audits));
        return new(writes, isAcknowledgement);
    }

    private IWrite Translate(Change change) => change switch
    {
        TurnAccepted accepted => new AcceptTurn(accepted.Turn.Id, json.Write(accepted.Turn)),
        TurnHandled handled => new HandleTurn(handled.TurnId),
        ConversationSaved saved => SaveConversation.Of(saved.Conversation, json),
        RouteSaved saved => new SaveRoute(saved.Conversation.ToString(), saved.Route),
        RequestSaved saved => SaveRequest.Of(saved.Request, json),
        ApprovalSaved saved => SaveApproval.Of(saved.Approval, json),
        HandOffSaved saved => SaveHandOff.Of(saved.HandOff, json),
        TicketNoted noted => SaveHandOff.Of(noted.HandOff, json),
        LeaseRenewed renewed => new RenewLease(renewed, json),
        StepJournaled journaled => SaveStep.Of(journaled.Step, json),
        MessageQueued queued => QueueMessage.Of(queued.Message, json),
        MessageSent sent => new EndMessage(sent.MessageId, sent.Posted),
        MessageDeferred deferred => new DeferMessage(deferred),
        SecretStored stored => StoreSecret.Of(stored.Secret, json),
        PickupSaved saved => SavePickup.Of(saved.Pickup, json),
        SecretTaken taken => new TakeSecret(taken.TokenHash),
        TargetNoted noted => new NoteTarget(noted.Use),
        DecisionRecorded recorded => RecordDecision.Of(recorded, json),
        ContactsSaved saved => SaveContacts.Of(saved.Contacts, json),
        ContactBaselineSaved saved => new SaveContactBaseline(saved.Baseline),
        RunbookEntrySaved saved => new SaveRunbookEntry(saved.Entry),
        RunbookVersionSaved saved => SaveRunbookVersion.Of(saved.Version, json),
        _ => throw new NotSupportedException($"{change.GetType().Name} has no table."),
    };
}
