using ItOps.Bot.Accounts;
using ItOps.Bot.Turns;

namespace ItOps.Bot.People;

/// <summary>Somebody as the bot knows them, for those who look after that.</summary>
public sealed record RegisterEntry(PersonId Id, string Name, string? SignInName, IReadOnlyList<RegisteredRoute> Routes, IReadOnlyList<RegisteredAccount> Accounts)
{
    /// <summary>The directory could not be asked; what is shown is what was seen last.</summary>
    public bool IsStale { get; init; }
}

/// <summary>One way to somebody. <paramref name="Origin"/> is a source's word, or where a line stands; <paramref name="SettlesAt"/> none once it counts.</summary>
public sealed record RegisteredRoute(ContactRoute Route, string Shown, string Origin, DateTimeOffset? SettlesAt, string? Conflict);

/// <summary>One account that some source says is theirs.</summary>
public sealed record RegisteredAccount(string System, string Key, string Origin, string? Conflict);

/// <summary>A part of the register. <paramref name="Next"/> is where the part after it begins; none when this is the last.</summary>
public sealed record RegisterPage(IReadOnlyList<RegisterEntry> Entries, PersonId? Next);

/// <summary>
/// Who is known, by what, since when, and on whose word. Always a bounded part: a page of what was seen, those who changed lately, or those whom a name or an account
/// means exactly.
/// </summary>
public sealed class PeopleRegister(
    IPersonDirectory people, IContactStore contacts, ContactHistory history, AccountOwners owners, IEnumerable<IAccountDirectory> directories, IdentityOptions options,
    TimeProvider time)
{
    public const int PageSize = 25;

    private readonly string[] _systems = [.. directories.Select(d => d.System).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Everybody whose routes were seen, by id.</summary>
    public async Task<RegisterPage> PageAsync(PersonId? after, CancellationToken cancellationToken)
    {
        var seen = await contacts.PageAsync(after, PageSize + 1, cancellationToken);
        var shown = seen.Take(PageSize).ToList();
        return new(await EntriesAsync(shown.Select(s => s.Person), cancellationToken), seen.Count > PageSize ? shown[^1].Person : null);
    }

    /// <summary>Those to whom a route came lately that does not count yet, the newest first.</summary>
    public async Task<RegisterPage> CoolingAsync(CancellationToken cancellationToken)
    {
        var changed = await contacts.ChangedAsync(time.GetUtcNow() - options.CoolDown, PageSize, cancellationToken);
        return new(await EntriesAsync(changed.Select(c => c.Person), cancellationToken), null);
    }

    /// <summary>Whom the text names exactly: a name, an address, an id, or an account such as <c>slack:T0LAB/U0ALICE</c>.</summary>
    public async Task<RegisterPage> FindAsync(string text, CancellationToken cancellationToken)
    {
        var found = new List<Person>(await people.FindByNameAsync(text, cancellationToken));
        if (await people.FindAsync(new(text), cancellationToken) is { } byId)
            found.Add(byId);
        if (text.Split(':', 2) is [var channel, var place] && place.Split('/', 2) is [var tenant, var user])
            found.AddRange(await people.FindByChannelAsync(new(channel, tenant, user), cancellationToken));
        return new(await EntriesAsync(found.Select(p => p.Id).Distinct().Take(PageSize), cancellationToken), null);
    }

    private async Task<IReadOnlyList<RegisterEntry>> EntriesAsync(IEnumerable<PersonId> ids, CancellationToken cancellationToken)
    {
        var entries = new List<RegisterEntry>();
        foreach (var id in ids)
            entries.Add(await EntryAsync(id, cancellationToken));
        return entries;
    }

    private async Task<RegisterEntry> EntryAsync(PersonId id, CancellationToken cancellationToken)
    {
        try
        {
            var person = await people.FindAsync(id, cancellationToken);
            var seen = await history.ObserveAsync(id, cancellationToken);
            var routes = new List<RegisteredRoute>();
            foreach (var contact in seen.Contacts)
                routes.Add(await RouteAsync(contact, cancellationToken));
            return new(id, person?.DisplayName ?? id.Value, person?.SignInName, routes, await AccountsAsync(id, cancellationToken));
        }
        catch (Exception e) when (e is not Commits.StoreUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            var seen = await contacts.FindAsync(id, cancellationToken);
            return new(id, id.Value, null, [.. (seen?.Contacts ?? []).Select(c => Shown(c, c.Route.Address, null))], []) { IsStale = true };
        }
    }

    private async Task<RegisteredRoute> RouteAsync(Contact contact, CancellationToken cancellationToken)
    {
        if (contact.Route.Channel == ContactRoute.ManagerChannel)
            return Shown(contact, (await people.FindAsync(new(contact.Route.Address), cancellationToken))?.DisplayName ?? contact.Route.Address, null);
        if (contact.Route.Channel == ContactRoute.MailChannel || contact.Source == ContactSource.Email || contact.Route.Address.Split('/', 2) is not [var tenant, var user])
            return Shown(contact, contact.Route.Address, null);
        var count = (await people.FindByChannelAsync(new(contact.Route.Channel, tenant, user), cancellationToken)).Count;
        return Shown(contact, contact.Route.Address, count == 1 ? null : $"{count} people have it, so it is nobody's");
    }

    private RegisteredRoute Shown(Contact contact, string text, string? conflict)
    {
        var line = options.Bindings.FirstOrDefault(b => ContactRoute.Of(b.Identity) == contact.Route)?.Origin;
        var settles = contact.SettledAt(options.CoolDown);
        return new(contact.Route, text, line ?? ContactChange.SourceWord(contact.Source), settles > time.GetUtcNow() ? settles : null, conflict);
    }

    private async Task<IReadOnlyList<RegisteredAccount>> AccountsAsync(PersonId person, CancellationToken cancellationToken)
    {
        var accounts = new List<RegisteredAccount>();
        foreach (var system in _systems)
        {
            foreach (var key in await owners.KeysOfAsync(person, system, cancellationToken))
            {
                var line = options.AccountBindings.FirstOrDefault(b => b.System == system && b.Key == key)?.Origin;
                var owner = await owners.OwnerAsync(system, [key], cancellationToken);
                accounts.Add(new(system, key, line ?? "directory", owner == person ? null : "somebody else has it too, so it is nobody's"));
            }
        }

        return accounts;
    }
}
