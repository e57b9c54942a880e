using ItOps.Bot.Console.Api;
using ItOps.Bot.Console.Approvals;
using ItOps.Bot.Console.Assets;
using ItOps.Bot.Console.Auditing;
using ItOps.Bot.Console.Cards;
using ItOps.Bot.Console.Chat;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.Insights;
using ItOps.Bot.Console.Live;
using ItOps.Bot.Console.People;
using ItOps.Bot.Console.Practice;
using ItOps.Bot.Console.Reports;
using ItOps.Bot.Console.Requests;
using ItOps.Bot.Console.Runbooks;
using ItOps.Bot.Console.Secrets;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Console.SignIn.OpenId;
using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console;

/// <summary>The web console: pages rendered by Razor components on the server, kept current by one small script.</summary>
public static class ConsoleModule
{
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(8);

    public static IServiceCollection AddConsole(this IServiceCollection services, ConsoleOptions options)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "it-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.SuppressXFrameOptionsHeader = true;
        });
        services.AddAuthentication().AddCookie(SignedIn.Scheme, o =>
        {
            o.Cookie.SecurePolicy = options.OpenId?.PublicUrl.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            o.Cookie.Name = "it-who";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.ExpireTimeSpan = SessionLength;
            o.SlidingExpiration = true;
        });
        if (options.OpenId is { } openId)
            services.AddOpenId(openId);
        return services
            .AddSingleton(options)
            .AddSingleton<ConsoleFeed>()
            .AddSingleton<IChannel, ConsoleChannel>()
            .AddSingleton<ChangeStream>()
            .AddScoped<SignedIn>()
            .AddScoped<Framing>()
            .AddScoped<DecisionForms>()
            .AddScoped<ChatSender>()
            .AddScoped<ChatScreen>()
            .AddScoped<PracticeScreen>()
            .AddScoped<RequestScreen>()
            .AddScoped<RunbookSearch>()
            .AddScoped<RunbooksApi>()
            .AddScoped<LibraryScreen>()
            .AddScoped<EditScreen>()
            .AddScoped<VersionScreen>();
    }

    /// <summary>Adds every page, and the files they need. Nothing else has to be called: no middleware, no static files.</summary>
    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConsoleAssets.Route, ConsoleAssets.Serve).ExcludeFromDescription();
        ApiEndpoints.Map(routes);
        var open = routes.MapGroup("").ExcludeFromDescription().AddEndpointFilter<Gate>();
        open.MapGet("/", (HttpContext http) => Page.See(http, "/chat"));
        var options = routes.ServiceProvider.GetRequiredService<ConsoleOptions>();
        if (options.OpenId is not null)
            OpenIdEndpoints.Map(open);
        else
            SignInEndpoints.Map(open);
        if (options.SandboxSignIn)
            PracticeEndpoints.Map(open);
        var everybody = open.MapGroup("").WithMetadata(new ForEverybody());
        SecretEndpoints.Map(everybody);
        ReportEndpoints.Map(everybody);
        var signedIn = open.MapGroup("").AddEndpointFilter<SignedInOnly>();
        ChatEndpoints.Map(signedIn);
        ApprovalsEndpoints.Map(signedIn);
        RequestsEndpoints.Map(signedIn);
        RunbooksEndpoints.Map(signedIn);
        AuditEndpoints.Map(signedIn);
        PeopleEndpoints.Map(signedIn);
        InsightsEndpoints.Map(signedIn);
        LiveEndpoint.Map(signedIn);
        return routes;
    }
}
