namespace ItOps.Bot.Commits;

/// <summary>Tells readiness and <c>doctor</c> whether the store can do its work now.</summary>
public interface IStoreHealth
{
    /// <summary>
    /// Looks whether the database can be read and written, has the schema of this program, and has room on its disk. None when all is well;
    /// otherwise what is wrong and how to mend it (<see cref="ProblemCode.SystemUnavailable"/>). Never throws for a store that is down.
    /// </summary>
    Task<Problem?> CheckAsync(CancellationToken cancellationToken);
}
