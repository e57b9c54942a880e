using ItOps.Bot.Commits;
using ItOps.Bot.People;

namespace ItOps.Bot.Testing.People;

/// <summary>What was seen of people's routes, in memory, with the store's own rule: versions follow each other.</summary>
public sealed class KeptContacts : IContactStore, ICommitStore
{
    private readonly Dictionary<PersonId, PersonContacts> _kept = [];

    public List<Commit> Commits { get; } = [];

    /// <summary>Whether everything has been seen once; what comes from then on is new.</summary>
    public ContactBaseline? Baseline { get; set; }

    public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        var saved = commit.Changes.OfType<ContactsSaved>().Select(s => s.Contacts).ToList();
        var baseline = commit.Changes.OfType<ContactBaselineSaved>().Select(s => s.Baseline).SingleOrDefault();
        if (saved.Exists(s => s.Version != (_kept.GetValueOrDefault(s.Person)?.Version ?? 0) + 1) || (baseline is not null && baseline.Version != (Baseline?.Version ?? 0) + 1))
            return Task.FromResult(CommitOutcome.Conflict);
        saved.ForEach(s => _kept[s.Person] = s);
        Baseline = baseline ?? Baseline;
        Commits.Add(commit);
        return Task.FromResult(CommitOutcome.Committed);
    }

    public Task<PersonContacts?> FindAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult(_kept.GetValueOrDefault(person));

    public Task<IReadOnlyList<PersonContacts>> OfAsync(IReadOnlyList<PersonId> people, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PersonContacts>>([.. people.Select(_kept.GetValueOrDefault).OfType<PersonContacts>()]);

    public Task<IReadOnlyList<PersonContacts>> PageAsync(PersonId? after, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PersonContacts>>(
            [.. _kept.Values.Where(k => string.CompareOrdinal(k.Person.Value, after?.Value ?? "") > 0).OrderBy(k => k.Person.Value, StringComparer.Ordinal).Take(take)]);

    public Task<IReadOnlyList<PersonContacts>> ChangedAsync(DateTimeOffset since, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PersonContacts>>([.. _kept.Values.Where(k => k.ChangedAt() > since).OrderByDescending(k => k.ChangedAt()).Take(take)]);

    public Task<ContactBaseline?> BaselineAsync(CancellationToken cancellationToken) => Task.FromResult(Baseline);
}
