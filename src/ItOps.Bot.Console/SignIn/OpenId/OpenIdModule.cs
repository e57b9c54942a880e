using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>Adds the organisation's own sign-in.</summary>
internal static class OpenIdModule
{
    private const int LargestAnswer = 1_000_000;

    public static IServiceCollection AddOpenId(this IServiceCollection services, OpenIdOptions options) => services
        .AddSingleton(options)
        .AddSingleton(Client())
        .AddSingleton(p => ActivatorUtilities.CreateInstance<OpenIdProvider>(p, p.GetRequiredService<ProviderClient>().Http))
        .AddSingleton<ProviderTokens>()
        .AddSingleton<PendingSignIns>()
        .AddSingleton(p => ActivatorUtilities.CreateInstance<SignInFlow>(p, p.GetRequiredService<ProviderClient>().Http))
        .AddSingleton<ISelfCheck, OpenIdSelfCheck>();

    /// <summary>Follows nobody: the provider's addresses are those that it publishes.</summary>
    private static ProviderClient Client() => new(new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = LargestAnswer,
    });

    private sealed record ProviderClient(HttpClient Http) : IDisposable
    {
        public void Dispose() => Http.Dispose();
    }
}
