using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.People;

/// <summary>Looks at the routes to everybody, at the start and every hour: a change that nobody's turn brings to light is known, and begins its cool-down, all the same.</summary>
public sealed class ContactSweep(
    IPersonDirectory people, IContactStore contacts, ContactHistory history, Committer committer, TimeProvider time, ILogger<ContactSweep> log) : BackgroundService
{
    private const int PageSize = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>After a look that could not be finished; twice as long after each that follows.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Looks at everybody once. Whoever calls meanwhile waits, and looks again.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var met = await LookAtEverybodyAsync(cancellationToken);
            // A source that knows nobody is broken, or pointed elsewhere. Nobody's routes are gone for that.
            if (met.Count == 0)
                log.LogWarning("The directory names nobody at all; what is known of people's routes stays as it is");
            else
                await LookForThoseWhoLeftAsync(met, cancellationToken);
            if (met.Count > 0 && await contacts.BaselineAsync(cancellationToken) is { EndedAt: null } open)
                await EndBaselineAsync(open, met.Count, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retry = Retry;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Interval;
            try
            {
                await SweepAsync(stoppingToken);
                retry = Retry;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pause = retry < Interval ? retry : Interval;
                retry = pause * 2;
                log.LogError(e, "Could not look at everybody's routes; trying again in {Pause}", pause);
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task<HashSet<PersonId>> LookAtEverybodyAsync(CancellationToken cancellationToken)
    {
        var met = new HashSet<PersonId>();
        var page = new List<Person>(PageSize);
        await foreach (var person in people.EverybodyAsync(cancellationToken))
        {
            if (!met.Add(person.Id))
                continue;
            page.Add(person);
            if (page.Count < PageSize)
                continue;
            await history.ObserveAsync(page, cancellationToken);
            page.Clear();
        }

        await history.ObserveAsync(page, cancellationToken);
        return met;
    }

    private async Task LookForThoseWhoLeftAsync(HashSet<PersonId> met, CancellationToken cancellationToken)
    {
        PersonId? after = null;
        while (await contacts.PageAsync(after, PageSize, cancellationToken) is [.., var last] page)
        {
            foreach (var known in page.Where(k => k.Contacts.Count > 0 && !met.Contains(k.Person)))
                await history.ObserveAsync(known.Person, cancellationToken);
            after = last.Person;
        }
    }

    private async Task EndBaselineAsync(ContactBaseline open, int count, CancellationToken cancellationToken)
    {
        var ended = new Commit()
            .Add(new ContactBaselineSaved(open with { EndedAt = time.GetUtcNow() }))
            .Audit(AuditEntry.ByBot("contacts.baseline", "contacts", null, ("people", $"{count}")));
        // A conflict means that another process ended it.
        await committer.CommitAsync(ended, cancellationToken);
    }
}
