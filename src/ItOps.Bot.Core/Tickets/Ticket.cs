namespace ItOps.Bot.Tickets;

/// <summary>The copy of a hand-off in a ticket system, and how far the two are the same.</summary>
/// <param name="System">The name of the ticket system, as people read it.</param>
public sealed record Ticket(string System)
{
    /// <summary>The system's own key; none while the ticket is still to be made.</summary>
    public string? Key { get; init; }

    /// <summary>What people call it, such as INC0010023.</summary>
    public string? Number { get; init; }

    /// <summary>How many of the hand-off's messages the ticket has, or needs not.</summary>
    public int MessagesThere { get; init; }

    /// <summary>Whether the ticket is known to be solved.</summary>
    public bool IsResolvedThere { get; init; }

    /// <summary>Up to where the ticket's comments were read, in the system's own terms.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>How often in a row the system could not be reached.</summary>
    public int Failures { get; init; }

    /// <summary>When it is looked after next; none when it is left alone.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Until when one process has it to itself.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public Ticket DueAt(DateTimeOffset now) => this with { NextAt = NextAt is { } next && next < now ? next : now };
}
