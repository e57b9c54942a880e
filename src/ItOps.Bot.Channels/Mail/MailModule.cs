using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Channels.Mail;

/// <summary>Mail, which only tells: nothing that is sent to the bot by mail is ever read.</summary>
internal sealed class MailModule : IChannelModule
{
    public string Name => "Mail";

    public void Register(IServiceCollection services, ChannelSettings settings) => services
        .AddSingleton(MailOptions.Of(settings))
        .AddSingleton<MailClient>()
        .AddSingleton<MailRenderer>()
        .AddSingleton<IChannel, MailChannel>()
        .AddSingleton<ISelfCheck, MailSelfCheck>();

    public void Map(IEndpointRouteBuilder endpoints)
    {
        // Nobody calls the bot by mail.
    }
}
