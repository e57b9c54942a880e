namespace ItOps.Bot.People;

/// <summary>Who says that a route leads to a person.</summary>
public enum ContactSource
{
    Directory,

    /// <summary>The operator's own list, <c>Identity:BindingsFile</c>.</summary>
    File,

    /// <summary>Nobody but the address that a chat account shows.</summary>
    Email,
}

/// <summary>A route as it was seen. What was there when the history began has no first day, and is not held to be new.</summary>
public sealed record Contact(ContactRoute Route, ContactSource Source, DateTimeOffset FirstSeenAt, bool FromBaseline)
{
    public DateTimeOffset SettledAt(TimeSpan coolDown) => FromBaseline ? FirstSeenAt : FirstSeenAt + coolDown;
}

/// <summary>All routes to one person that were seen at the last look. Every change is a compare-and-set on <see cref="Version"/>, so that each is told once.</summary>
public sealed record PersonContacts(PersonId Person, IReadOnlyList<Contact> Contacts)
{
    public required int Version { get; init; }

    /// <summary>When the newest route came; none when all have been there from the beginning.</summary>
    public DateTimeOffset? ChangedAt() => Contacts.Where(c => !c.FromBaseline).Select(c => (DateTimeOffset?)c.FirstSeenAt).Max();
}

/// <summary>
/// The first look at a directory. What is seen until it has ended counts as known; <see cref="Version"/> 1 is begun, 2 ended.
/// </summary>
public sealed record ContactBaseline(DateTimeOffset BegunAt, DateTimeOffset? EndedAt)
{
    /// <summary>A first look that never comes to its end must not let everything pass for known.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(24);

    public int Version => EndedAt is null ? 1 : 2;

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && now < BegunAt + Limit;
}
