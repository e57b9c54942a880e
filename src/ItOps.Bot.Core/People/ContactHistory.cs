using ItOps.Bot.Commits;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.People;

/// <summary>
/// Remembers which ways lead to a person, and since when. Whoever can change a directory for a minute must not be somebody else for that minute: a route that came
/// or changed less than the cool-down ago proves nothing and decides nothing.
/// </summary>
public sealed class ContactHistory(
    IPersonDirectory people, IContactStore contacts, ContactAlerts alerts, Committer committer, IdentityOptions options, TimeProvider time, ILogger<ContactHistory> log)
{
    private const int ConflictLimit = 5;

    private bool _baselineIsOver;

    /// <summary>
    /// Whether the person has this channel identity, and has had it for the cool-down. Looks at the directory now. Never throws for a directory that does not
    /// answer: then nothing is settled.
    /// </summary>
    /// <exception cref="StoreUnavailableException">What was seen before cannot be read, or what is seen cannot be kept.</exception>
    public Task<bool> IsSettledAsync(PersonId person, ChannelIdentity identity, CancellationToken cancellationToken) =>
        identity.SignedInPerson == person
            ? Task.FromResult(true) // The provider names the person themselves: there is no binding that could have been changed.
            : IsSettledAsync(person, ContactRoute.Of(identity), identity, cancellationToken);

    /// <summary>The same for any route: a chat account, a mail address, a manager.</summary>
    /// <exception cref="StoreUnavailableException">What was seen before cannot be read, or what is seen cannot be kept.</exception>
    public Task<bool> IsSettledAsync(PersonId person, ContactRoute route, CancellationToken cancellationToken) =>
        IsSettledAsync(person, route, null, cancellationToken);

    /// <summary>The routes to a person as the directory has them now, kept as seen.</summary>
    /// <exception cref="StoreUnavailableException">What was seen before cannot be read, or what is seen cannot be kept.</exception>
    public async Task<PersonContacts> ObserveAsync(PersonId person, CancellationToken cancellationToken) => await ObserveAsync(person, null, cancellationToken);

    /// <summary>What a look at several people at once found, kept in one commit where nobody else looked at the same moment.</summary>
    internal async Task ObserveAsync(IReadOnlyList<Person> some, CancellationToken cancellationToken)
    {
        var seen = (await contacts.OfAsync([.. some.Select(p => p.Id)], cancellationToken)).ToDictionary(c => c.Person);
        var isBaseline = await IsBaselineAsync(cancellationToken);
        var commit = new Commit();
        foreach (var person in some)
        {
            try
            {
                await CompareAsync(commit, person.Id, person, seen.GetValueOrDefault(person.Id), null, isBaseline, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException and not StoreUnavailableException)
            {
                log.LogWarning(e, "The routes to {Person} could not be looked at; what is new there stays unsettled", person.Id);
            }
        }

        if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
            return;
        foreach (var person in some)
            await ObserveAsync(person.Id, null, cancellationToken);
    }

    private async Task<bool> IsSettledAsync(PersonId person, ContactRoute route, ChannelIdentity? identity, CancellationToken cancellationToken)
    {
        try
        {
            var seen = await ObserveAsync(person, identity, cancellationToken);
            return seen.Contacts.FirstOrDefault(c => c.Route == route) is { } contact && contact.SettledAt(options.CoolDown) <= time.GetUtcNow();
        }
        catch (Exception e) when (e is not StoreUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(e, "The directory could not say how {Person} is reached, so nothing about it is taken as known", person);
            return false;
        }
    }

    private async Task<PersonContacts> ObserveAsync(PersonId id, ChannelIdentity? identity, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= ConflictLimit; attempt++)
        {
            var person = await people.FindAsync(id, cancellationToken);
            var commit = new Commit();
            var seen = await CompareAsync(
                commit, id, person, await contacts.FindAsync(id, cancellationToken), identity, await IsBaselineAsync(cancellationToken), cancellationToken);
            if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
                return seen;
        }

        throw new InvalidOperationException($"The routes to {id} changed under {ConflictLimit} looks.");
    }

    private async Task<PersonContacts> CompareAsync(
        Commit commit, PersonId id, Person? person, PersonContacts? before, ChannelIdentity? identity, bool isBaseline, CancellationToken cancellationToken)
    {
        var now = person is null ? [] : await RoutesAsync(person, before, identity, cancellationToken);
        var found = ContactComparison.Of(id, before, now, time.GetUtcNow(), isBaseline);
        if (found.Changes.Count == 0)
            return before ?? found.Seen;
        commit.Add(new ContactsSaved(found.Seen));
        if (isBaseline && before is null)
            return found.Seen;
        foreach (var change in found.Changes)
            commit.Audit(change.Entry(id));
        if (person is not null)
            await alerts.TellAsync(commit, person, [.. found.Changes.Select(c => c.Now).OfType<Contact>()], cancellationToken);
        return found.Seen;
    }

    private async Task<IReadOnlyList<(ContactRoute Route, ContactSource Source)>> RoutesAsync(
        Person person, PersonContacts? before, ChannelIdentity? identity, CancellationToken cancellationToken)
    {
        var routes = new List<(ContactRoute Route, ContactSource Source)>();
        foreach (var bound in await people.IdentitiesOfAsync(person.Id, cancellationToken))
            routes.Add((ContactRoute.Of(bound), options.Bindings.Any(b => b.Identity == bound) ? ContactSource.File : ContactSource.Directory));
        if (options.MatchByEmail)
        {
            // The directory does not name these, so they stay until it names another account there.
            var matched = (before?.Contacts ?? []).Where(c => c.Source == ContactSource.Email).Select(c => c.Route).ToList();
            if (identity is not null)
                matched.Add(ContactRoute.Of(identity));
            routes.AddRange(matched.Where(m => routes.TrueForAll(r => r.Route.Channel != m.Channel)).Distinct().Select(m => (m, ContactSource.Email)).ToList());
        }

        if (person.Email.Length > 0)
            routes.Add((ContactRoute.Mail(person.Email), ContactSource.Directory));
        if (person.Manager is { } manager)
            routes.Add((ContactRoute.Manager(manager), ContactSource.Directory));
        return [.. routes.DistinctBy(r => r.Route)];
    }

    /// <summary>Whether what is seen now is what was there when the history began.</summary>
    private async Task<bool> IsBaselineAsync(CancellationToken cancellationToken)
    {
        if (_baselineIsOver)
            return false;
        var now = time.GetUtcNow();
        if (await contacts.BaselineAsync(cancellationToken) is not { } baseline)
        {
            await committer.CommitAsync(new Commit().Add(new ContactBaselineSaved(new(now, null))), cancellationToken);
            baseline = await contacts.BaselineAsync(cancellationToken) ?? new(now, null);
        }

        _baselineIsOver = !baseline.IsOpen(now);
        return !_baselineIsOver;
    }
}
