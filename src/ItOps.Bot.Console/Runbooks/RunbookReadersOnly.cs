using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.Runbooks;

/// <summary>Lets only those pass whose work is with runbooks: authors, and those who see everybody's requests.</summary>
internal sealed class RunbookReadersOnly : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var visitor = SignedInOnly.VisitorOf(http);
        if (visitor.ReadsRunbooks)
            return await next(context);
        var frame = await http.RequestServices.GetRequiredService<Framing>().ForAsync(http, visitor);
        return Page.NotForYou(frame, "Runbooks", "Runbooks are read by their authors, IT approvers, security and auditors.");
    }
}
