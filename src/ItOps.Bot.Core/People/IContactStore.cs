namespace ItOps.Bot.People;

/// <summary>Reads what routes to people were seen. Writing is a commit.</summary>
public interface IContactStore
{
    Task<PersonContacts?> FindAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Those of <paramref name="people"/> (a few hundred at most) whose routes were seen before.</summary>
    Task<IReadOnlyList<PersonContacts>> OfAsync(IReadOnlyList<PersonId> people, CancellationToken cancellationToken);

    /// <summary>Everybody whose routes were seen, by id, page by page; <paramref name="after"/> is the last of the page before.</summary>
    Task<IReadOnlyList<PersonContacts>> PageAsync(PersonId? after, int take, CancellationToken cancellationToken);

    /// <summary>To whom a route came since then, the newest first.</summary>
    Task<IReadOnlyList<PersonContacts>> ChangedAsync(DateTimeOffset since, int take, CancellationToken cancellationToken);

    /// <summary>None before the very first look.</summary>
    Task<ContactBaseline?> BaselineAsync(CancellationToken cancellationToken);
}
