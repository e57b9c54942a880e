using ItOps.Bot.People;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

internal sealed class SaveContacts(PersonContacts contacts, string body) : IWrite
{
    private static readonly Statement s_insert = new(
        "INSERT INTO contacts (version, changed_at, body, person) VALUES (@version, @changed_at, @body, @person) ON CONFLICT DO NOTHING");

    private static readonly Statement s_update = new(
        "UPDATE contacts SET version = @version, changed_at = @changed_at, body = @body WHERE person = @person AND version = @version - 1");

    public static SaveContacts Of(PersonContacts contacts, StoredJson json) => new(contacts, json.Write(contacts));

    public bool Apply(WriteScope scope) => scope.ChangeVersion(
        contacts.Version, s_insert, s_update, contacts.Version, contacts.ChangedAt()?.UtcTicks, body, contacts.Person.Value);
}

internal sealed class SaveContactBaseline(ContactBaseline baseline) : IWrite
{
    private const int Only = 1;

    private static readonly Statement s_insert = new(
        "INSERT INTO contact_baseline (version, begun_at, ended_at, id) VALUES (@version, @begun_at, @ended_at, @id) ON CONFLICT DO NOTHING");

    private static readonly Statement s_update = new(
        "UPDATE contact_baseline SET version = @version, begun_at = @begun_at, ended_at = @ended_at WHERE id = @id AND version = @version - 1");

    public bool Apply(WriteScope scope) => scope.ChangeVersion(
        baseline.Version, s_insert, s_update, baseline.Version, baseline.BegunAt.UtcTicks, baseline.EndedAt?.UtcTicks, Only);
}
