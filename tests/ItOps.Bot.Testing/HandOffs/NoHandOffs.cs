using ItOps.Bot.HandOffs;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Testing.HandOffs;

/// <summary>Nothing was ever handed to a person.</summary>
public sealed class NoHandOffs : IHandOffStore
{
    public Task<HandOffCase?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<HandOffCase?>(null);

    public Task<HandOffCase?> ForRequestAsync(string requestId, CancellationToken cancellationToken) => Task.FromResult<HandOffCase?>(null);

    public Task<IReadOnlyList<HandOffCase>> OpenAsync(int take, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HandOffCase>>([]);

    public Task<IReadOnlyList<HandOffCase>> TicketsDueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HandOffCase>>([]);
}

public static class NoHandOffsModule
{
    /// <summary>Hand-offs over a store that has none; for a stage that shows requests.</summary>
    public static IServiceCollection AddNoHandOffs(this IServiceCollection services) => services
        .AddSingleton<IHandOffStore, NoHandOffs>()
        .AddHandOffs();
}
