using ItOps.Bot.Conversations;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Bots;

/// <summary>The sandbox's people, as they sign in to the console.</summary>
internal static class Cast
{
    public static ChannelIdentity Identity(string name) => new("console", "sandbox", name);

    public static ConversationId Conversation(string name) => new("console", name);

    public static async Task<Principal> PrincipalAsync(IServiceProvider bot, string name) =>
        (await bot.GetRequiredService<IIdentityResolver>().ResolveAsync(Identity(name), CancellationToken.None)).Value;
}
