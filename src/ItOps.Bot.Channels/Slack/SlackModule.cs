using ItOps.Bot.Channels.Slack.Access;
using ItOps.Bot.Channels.Slack.Home;
using ItOps.Bot.Channels.Slack.Inbound;
using ItOps.Bot.Channels.Slack.Socket;
using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Channels.Slack;

/// <summary>Slack, over HTTP or, with an app token, in Socket Mode.</summary>
internal sealed class SlackModule : IChannelModule
{
    public string Name => "Slack";

    public void Register(IServiceCollection services, ChannelSettings settings)
    {
        var options = SlackOptions.From(settings);
        services
            .AddSingleton(options)
            .AddSingleton<SlackAccess>()
            .AddSingleton(p => new SlackClient(Http(), options, p.GetRequiredService<SlackAccess>(), p.GetRequiredService<TimeProvider>()))
            .AddSingleton<IChannelProfiles, SlackProfiles>()
            .AddSingleton<SlackRenderer>()
            .AddSingleton<SlackChannel>()
            .AddSingleton<IChannel>(p => p.GetRequiredService<SlackChannel>())
            .AddSingleton<ISelfCheck, SlackSelfCheck>()
            .AddSingleton<SlackTurnTranslator>()
            .AddSingleton<SlackGate>()
            .AddSingleton<SlackDesk>()
            .AddSingleton<ICommitObserver>(p => p.GetRequiredService<SlackDesk>())
            .AddSingleton<SlackCommands>()
            .AddSingleton<SlackInteractivity>()
            .AddSingleton<SlackEvents>()
            .AddSingleton<SlackIntake>();
        if (options.UsesSocket)
            services.AddHostedService<SlackSocket>();
        else
            services.AddSingleton<SlackProof>().AddSingleton<SlackEndpoints>();
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<SlackOptions>().UsesSocket)
            SlackEndpoints.Map(endpoints);
    }

    /// <summary>A redirect would carry the token to somewhere else. Waiting is bounded by the client itself, on the bot's own clock.</summary>
    private static HttpClient Http() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = SlackLimits.Answer,
    };
}
