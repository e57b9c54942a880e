using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.HandOffs;

/// <summary>What the IT side of a hand-off needs; the requester's side comes with the dialog.</summary>
public static class HandOffsModule
{
    public static IServiceCollection AddHandOffs(this IServiceCollection services) => services
        .AddSingleton<HandOffCards>()
        .AddSingleton<HandOffPosts>()
        .AddSingleton<HandOffIntake>()
        .AddSingleton<HandOffMoves>()
        .AddSingleton<HandOffPresses>()
        .AddSingleton<HandOffQueue>();
}
