namespace ItOps.Bot.Secrets;

/// <summary>Reads one-time secrets. Taking one is a commit with <c>SecretTaken</c>, which succeeds once.</summary>
public interface ISecretStore
{
    Task<OneTimeSecret?> FindAsync(string tokenHash, CancellationToken cancellationToken);

    Task<IReadOnlyList<OneTimeSecret>> ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken);
}
