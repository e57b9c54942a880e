using ItOps.Bot.People;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class ContactStore(Database database, Bodies bodies) : IContactStore
{
    private static readonly Func<BotDbContext, string, Task<string?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string person) => db.Set<ContactsRow>().Where(r => r.Person == person).Select(r => r.Body).FirstOrDefault());

    public Task<PersonContacts?> FindAsync(PersonId person, CancellationToken cancellationToken) =>
        bodies.FindAsync<PersonContacts>(db => s_find(db, person.Value), cancellationToken);

    public Task<IReadOnlyList<PersonContacts>> OfAsync(IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var ids = people.Select(p => p.Value).ToList();
        return bodies.ListAsync<PersonContacts>(db => db.Set<ContactsRow>().Where(r => ids.Contains(r.Person)).Select(r => r.Body), cancellationToken);
    }

    public Task<IReadOnlyList<PersonContacts>> PageAsync(PersonId? after, int take, CancellationToken cancellationToken)
    {
        var last = after?.Value ?? "";
        return bodies.ListAsync<PersonContacts>(
            db => db.Set<ContactsRow>().Where(r => string.Compare(r.Person, last) > 0).OrderBy(r => r.Person).Take(take).Select(r => r.Body), cancellationToken);
    }

    public Task<IReadOnlyList<PersonContacts>> ChangedAsync(DateTimeOffset since, int take, CancellationToken cancellationToken)
    {
        var from = since.UtcTicks;
        return bodies.ListAsync<PersonContacts>(
            db => db.Set<ContactsRow>().Where(r => r.ChangedAt > from).OrderByDescending(r => r.ChangedAt).Take(take).Select(r => r.Body), cancellationToken);
    }

    public Task<ContactBaseline?> BaselineAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db => await db.Set<ContactBaselineRow>().FirstOrDefaultAsync(cancellationToken) is { } row
                ? new ContactBaseline(At(row.BegunAt), row.EndedAt is { } ended ? At(ended) : null)
                : null,
            cancellationToken);

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
