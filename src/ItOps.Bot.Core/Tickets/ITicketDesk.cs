namespace ItOps.Bot.Tickets;

/// <summary>
/// A ticket system that keeps a copy of what is handed to people. Text that it is given is plain and anybody's (I5): the adapter takes its own system's markup out of
/// it. Every call may be made again after a crash or a lost answer.
/// </summary>
public interface ITicketDesk
{
    /// <summary>As people read it, such as "ServiceNow".</summary>
    string Name { get; }

    /// <summary>Opens a ticket, or finds the one that an earlier attempt opened under the same <see cref="TicketDraft.CorrelationId"/>.</summary>
    /// <exception cref="OperatorException">The system is away, or refuses; whether the ticket exists shows the next attempt.</exception>
    Task<TicketOpened> OpenAsync(TicketDraft draft, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a comment that the requester may read, unless the ticket has one of the bot's that begins with <see cref="TicketComment.Mark"/>.
    /// </summary>
    /// <exception cref="OperatorException">As for opening.</exception>
    Task CommentAsync(string key, TicketComment comment, CancellationToken cancellationToken);

    /// <summary>Solves the ticket, or opens it again; nothing happens when it is so already.</summary>
    /// <exception cref="OperatorException">As for opening.</exception>
    Task SetResolvedAsync(string key, bool resolved, string note, CancellationToken cancellationToken);

    /// <summary>
    /// Where the ticket stands, with what was commented for the requester since <paramref name="cursor"/> (empty: from the beginning) by anybody but the bot, oldest first.
    /// </summary>
    /// <exception cref="OperatorException">The system is away, or refuses.</exception>
    Task<TicketNews> ReadAsync(string key, string cursor, CancellationToken cancellationToken);
}

/// <param name="CorrelationId">Opaque, unique to the hand-off: letters and digits.</param>
/// <param name="Number">The request's number, as people say it.</param>
/// <param name="Summary">One line.</param>
/// <param name="Description">Lines; no secret.</param>
public sealed record TicketDraft(string CorrelationId, string Number, string Summary, string Description);

/// <param name="Key">The system's own, for further calls.</param>
/// <param name="Number">What people call it.</param>
public sealed record TicketOpened(string Key, string Number);

/// <param name="Mark">Tells this comment from all others of the ticket; it begins with it.</param>
/// <param name="Author">Who said it.</param>
/// <param name="Text">What was said.</param>
public sealed record TicketComment(string Mark, string Author, string Text);

/// <param name="Comments">Oldest first.</param>
/// <param name="Cursor">For the next reading.</param>
/// <param name="IsResolved">Solved or closed.</param>
/// <param name="Assignee">Who works on it, by name; none when nobody.</param>
public sealed record TicketNews(IReadOnlyList<TicketSaid> Comments, string Cursor, bool IsResolved, string? Assignee);

/// <summary>What somebody in the ticket system wrote for the requester.</summary>
public sealed record TicketSaid(string Author, string Text, DateTimeOffset At);
