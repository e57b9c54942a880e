using ItOps.Bot.Console.Frame;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.SignIn;

/// <summary>Lets nobody past who is not signed in; what comes after finds the visitor with <see cref="VisitorOf"/>.</summary>
internal sealed class SignedInOnly : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await http.RequestServices.GetRequiredService<SignedIn>().FindAsync(http) is not { } visitor)
        {
            var wanted = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString : "/chat";
            return Page.See(http, "/sign-in?to=" + Uri.EscapeDataString(wanted));
        }

        http.Features.Set(visitor);
        return await next(context);
    }

    public static Visitor VisitorOf(HttpContext http) => http.Features.GetRequiredFeature<Visitor>();
}
