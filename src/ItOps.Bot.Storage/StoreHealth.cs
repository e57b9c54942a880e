using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Migrations;

namespace ItOps.Bot.Storage;

internal sealed class StoreHealth(Database database) : IStoreHealth
{
    /// <summary>A transaction of any size that the bot makes fits in it many times.</summary>
    private const long EnoughSpace = 64 * 1024 * 1024;

    public async Task<Problem?> CheckAsync(CancellationToken cancellationToken)
    {
        var provider = database.Provider;
        try
        {
            await database.EnsureReadyAsync(cancellationToken);
            await using var connection = await provider.ConnectAsync(cancellationToken);
            if (!await Schema.IsCurrentAsync(provider, connection, cancellationToken))
                return Down($"The database {provider.Description} lost its schema while the program ran: restore it from a backup and restart.");
            await provider.TryWriteAsync(connection, cancellationToken);
            return provider.FreeSpace() is { } free and < EnoughSpace
                ? Down($"The disk of the database {provider.Description} has {free / 1024 / 1024} MB left: free at least {EnoughSpace / 1024 / 1024} MB.")
                : null;
        }
        catch (StoreUnavailableException unavailable)
        {
            return Down(unavailable.Message);
        }
        catch (Exception failure) when (provider.Translate(failure) is { } unavailable)
        {
            return Down(unavailable.Message);
        }
    }

    private static Problem Down(string detail) => new(ProblemCode.SystemUnavailable, detail);
}
