using System.Runtime.CompilerServices;
using ItOps.Bot.Turns;

namespace ItOps.Bot.People;

/// <summary>Who works here. Groups named here are the organisation's own (approvers, security), resolved through nesting at the time of the call.</summary>
public interface IPersonDirectory
{
    Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken);

    /// <summary>Everyone who is bound to this channel identity. Zero or two are a refusal, decided by <see cref="IIdentityResolver"/>.</summary>
    Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken);

    /// <summary>The channel identities that are bound to a person; empty when there are none, or no such person.</summary>
    Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken);

    /// <summary>
    /// Everyone whom <paramref name="name"/> may mean, compared exactly (ordinal, ignoring case) after NFC; look-alike characters never match.
    /// </summary>
    Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>The groups that the person belongs to now, directly or through nesting.</summary>
    Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken);

    /// <summary>The people in a group now, directly or through nesting; empty when there is no such group.</summary>
    Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken);

    /// <summary>Everybody, ordered by name; for pickers in the sandbox and for matching names in free text.</summary>
    Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Everybody in any order, for looking at all without holding all: a source that answers page by page hands its pages on.</summary>
    async IAsyncEnumerable<Person> EverybodyAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var person in await AllAsync(cancellationToken))
            yield return person;
    }
}
