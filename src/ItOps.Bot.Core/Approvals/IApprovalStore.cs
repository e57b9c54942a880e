namespace ItOps.Bot.Approvals;

/// <summary>Reads approvals. Writing is a commit.</summary>
public interface IApprovalStore
{
    Task<Approval?> FindAsync(string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Approval>> ForRequestAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>Those that share a card, in the order they were asked.</summary>
    Task<IReadOnlyList<Approval>> ForBundleAsync(string bundle, CancellationToken cancellationToken);

    /// <summary>Everything undecided, oldest first; without what is only kept ready for a report.</summary>
    Task<IReadOnlyList<Approval>> PendingAsync(CancellationToken cancellationToken);

    /// <summary>The newest decided ones first; without reports.</summary>
    Task<IReadOnlyList<Approval>> DecidedAsync(int take, CancellationToken cancellationToken);

    /// <summary>Undecided approvals for which a reminder, an escalation or the expiry is due at <paramref name="now"/>.</summary>
    Task<IReadOnlyList<Approval>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken);
}
