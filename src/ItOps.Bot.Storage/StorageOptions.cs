namespace ItOps.Bot.Storage;

/// <summary>Where everything is kept. The host gives the default connection string.</summary>
public sealed record StorageOptions
{
    public string Provider { get; init; } = "sqlite";

    public required string ConnectionString { get; init; }

    /// <summary>How long a write waits for another process that holds the database.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
