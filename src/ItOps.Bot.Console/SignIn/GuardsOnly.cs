using ItOps.Bot.Console.Frame;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.SignIn;

/// <summary>Lets only those pass whose work it is to watch over people and decisions.</summary>
internal sealed class GuardsOnly(string title) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var visitor = SignedInOnly.VisitorOf(http);
        if (visitor.Guards)
            return await next(context);
        var frame = await http.RequestServices.GetRequiredService<Framing>().ForAsync(http, visitor);
        return Page.NotForYou(frame, title, "This is read by security and auditors.");
    }
}
