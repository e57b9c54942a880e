using ItOps.Bot.Auditing;

namespace ItOps.Bot.People;

/// <summary>What became of a person's routes since the last look.</summary>
internal sealed record ContactComparison(PersonContacts Seen, IReadOnlyList<ContactChange> Changes)
{
    /// <summary>
    /// Holds what is there <paramref name="now"/> against what was <paramref name="seen"/>. A route of the same kind that came as another went has changed. One that
    /// went and came again is new, and so is one that no longer rests on an e-mail address alone.
    /// </summary>
    public static ContactComparison Of(
        PersonId person, PersonContacts? seen, IReadOnlyList<(ContactRoute Route, ContactSource Source)> now, DateTimeOffset at, bool isBaseline)
    {
        var before = (seen?.Contacts ?? []).ToDictionary(c => c.Route);
        var (contacts, came, changes) = (new List<Contact>(), new List<Contact>(), new List<ContactChange>());
        foreach (var (route, source) in now)
        {
            before.Remove(route, out var known);
            var contact = known is not null && (known.Source == source || known.Source != ContactSource.Email)
                ? known with { Source = source }
                : new Contact(route, source, at, isBaseline);
            contacts.Add(contact);
            if (known is null)
                came.Add(contact);
            else if (known.Source != source)
                changes.Add(new(ContactChange.Changed, contact, known));
        }

        foreach (var contact in came)
        {
            var went = before.Values.Where(c => c.Route.Channel == contact.Route.Channel).OrderBy(c => c.Route.Address, StringComparer.Ordinal).FirstOrDefault();
            if (went is not null)
                before.Remove(went.Route);
            changes.Add(new(went is null ? ContactChange.Added : ContactChange.Changed, contact, went));
        }

        changes.AddRange(before.Values.Select(went => new ContactChange(ContactChange.Removed, null, went)));
        return new(new(person, contacts) { Version = (seen?.Version ?? 0) + 1 }, changes);
    }
}

/// <summary>One route that came, went, or took another's place.</summary>
internal sealed record ContactChange(string Action, Contact? Now, Contact? Before)
{
    public const string Added = "contact.added";
    public const string Changed = "contact.changed";
    public const string Removed = "contact.removed";

    public AuditEntry Entry(PersonId person)
    {
        var facts = new List<(string, string)> { ("source", SourceWord((Now ?? Before)!.Source)), ("route", (Now ?? Before)!.Route.ToString()) };
        if (Now is not null && Before is not null)
            facts.AddRange([("before", Before.Route.ToString()), ("sourceBefore", SourceWord(Before.Source))]);
        return AuditEntry.ByBot(Action, person.Value, null, facts);
    }

    public static string SourceWord(ContactSource source) => source switch
    {
        ContactSource.File => "file",
        ContactSource.Email => "e-mail",
        _ => "directory",
    };
}
