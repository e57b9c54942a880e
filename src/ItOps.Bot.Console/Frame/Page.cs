using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.Frame;

internal static class Page
{
    /// <summary>Renders a page component on the server.</summary>
    public static IResult Show<TPage>(PageFrame frame, int status = StatusCodes.Status200OK, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        var all = parameters.ToDictionary(p => p.Name, p => p.Value);
        all["Frame"] = frame;
        return new RazorComponentResult<TPage>(all) { StatusCode = status, PreventStreamingRendering = true };
    }

    public static IResult NotForYou(PageFrame frame, string title, string who) =>
        Show<NotForYouPage>(frame, StatusCodes.Status403Forbidden, ("Title", title), ("Who", who));

    public static IResult Excuse(HttpContext http, Excuse excuse) =>
        Show<CalmPage>(http.RequestServices.GetRequiredService<Framing>().Alone(http), excuse.Status, ("Excuse", excuse));

    /// <summary>After a POST: the browser gets the page by GET, so that going back or reloading sends nothing twice.</summary>
    public static IResult See(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
