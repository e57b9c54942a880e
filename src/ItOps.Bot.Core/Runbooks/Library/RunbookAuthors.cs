using ItOps.Bot.Approvals;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Runbooks.Library;

/// <param name="AuthorGroup">Who may write, publish and switch off runbooks.</param>
public sealed record RunbookOptions(string AuthorGroup = "runbook-authors");

/// <summary>Who may change runbooks, resolved in the directory at the moment of the question.</summary>
public sealed class RunbookAuthors(RunbookOptions options, IPersonDirectory people, Eligibility eligibility)
{
    public async Task<bool> IsAuthorAsync(Principal person, CancellationToken cancellationToken) =>
        (await people.GroupsOfAsync(person.Id, cancellationToken)).Contains(options.AuthorGroup);

    /// <summary>What keeps this person from changing anything; none when nothing does.</summary>
    public async Task<LibraryAnswer?> ObstacleAsync(Principal person, CancellationToken cancellationToken)
    {
        if (!await IsAuthorAsync(person, cancellationToken))
            return LibraryAnswer.Refused(LibraryRefusal.NotAnAuthor);
        return await eligibility.StandingAsync(person, cancellationToken) is null ? null : LibraryAnswer.Refused(LibraryRefusal.NotSettled);
    }
}
