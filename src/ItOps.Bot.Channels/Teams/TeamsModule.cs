using ItOps.Bot.Channels.Teams.Access;
using ItOps.Bot.Channels.Teams.Cards;
using ItOps.Bot.Channels.Teams.Connector;
using ItOps.Bot.Channels.Teams.Invokes;
using ItOps.Bot.Channels.Teams.Routes;
using ItOps.Bot.Channels.Teams.Tokens;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Channels.Teams;

/// <summary>Microsoft Teams, by speaking the Bot Framework protocol.</summary>
internal sealed class TeamsModule : IChannelModule
{
    public string Name => "Teams";

    public void Register(IServiceCollection services, ChannelSettings settings) => Register(services, TeamsOptions.From(settings));

    public void Map(IEndpointRouteBuilder endpoints) => TeamsEndpoints.Map(endpoints);

    internal static void Register(IServiceCollection services, TeamsOptions options) => services
        .AddSingleton(options)
        .AddSingleton(_ => new TeamsHttp(options))
        .AddSingleton(p => ActivatorUtilities.CreateInstance<ConnectorKeys>(p, p.GetRequiredService<TeamsHttp>().Client))
        .AddSingleton<BotToken>()
        .AddHostedService<TokenWatch>()
        .AddSingleton<TeamsProof>()
        .AddSingleton<TeamsTurnTranslator>()
        .AddSingleton<TeamsRoutes>()
        .AddSingleton<OpenQuestions>()
        .AddSingleton<TeamsRenderer>()
        .AddSingleton<ViewerCards>()
        .AddSingleton<InboundActivities>()
        .AddSingleton<TeamsEndpoints>()
        .AddSingleton(p => ActivatorUtilities.CreateInstance<TeamsClient>(p, p.GetRequiredService<TeamsHttp>().Client))
        .AddSingleton<IChannelProfiles, TeamsProfiles>()
        .AddSingleton<IChannel, TeamsChannel>()
        .AddSingleton<ISelfCheck>(p => ActivatorUtilities.CreateInstance<TeamsSelfCheck>(p, p.GetRequiredService<TeamsHttp>().Client));
}
