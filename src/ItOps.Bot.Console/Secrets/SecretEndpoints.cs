using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Secrets;

/// <summary>
/// One-time links. Looking (which a chat's link preview does too) burns nothing; only the form does. Whoever is signed in as the recipient is shown it; every other
/// browser waits until the recipient confirms the number on its page in their own conversation.
/// </summary>
internal static class SecretEndpoints
{
    /// <summary>What the browser that pressed is known by.</summary>
    private const string BrowserCookie = "it-pickup";

    /// <summary>How often a page that waits asks whether the recipient has answered.</summary>
    private const int RefreshSeconds = 3;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/secrets/{token}", PeekAsync);
        routes.MapPost("/secrets/{token}", TakeAsync);
    }

    private static async Task<IResult> PeekAsync(HttpContext http, string token, SecretLinks links, Pickups pickups, SignedIn signedIn, Framing framing)
    {
        if (await signedIn.FindAsync(http) is { } visitor)
        {
            var frame = framing.Alone(http) with { Visitor = visitor, Path = http.Request.Path };
            var found = await links.PeekAsync(token, visitor.Principal, http.RequestAborted);
            return found.Failed ? Gone(frame) : Page.Show<SecretPage>(frame, parameters: [("Secret", found.Value)]);
        }

        return await WaitAsync(http, token, pickups, framing, tooSoon: false);
    }

    private static async Task<IResult> TakeAsync(HttpContext http, string token, SecretLinks links, Pickups pickups, SignedIn signedIn, Framing framing)
    {
        if (await signedIn.FindAsync(http) is { } visitor)
            return Shown(framing.Alone(http) with { Visitor = visitor }, await links.TakeAsync(token, visitor.Principal, http.RequestAborted));

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var browser = http.Request.Cookies[BrowserCookie];
        var before = await pickups.FindAsync(token, browser, http.RequestAborted);
        if (before.Failed)
            return Gone(framing.Alone(http));
        if (form["step"] == "show")
        {
            if (before.Value?.Status != PickupStatus.Confirmed)
                return await WaitAsync(http, token, pickups, framing, tooSoon: true);
            http.Response.Cookies.Delete(BrowserCookie, Cookie(http));
            return Shown(framing.Alone(http), await pickups.ShowAsync(token, browser, http.RequestAborted));
        }

        // A browser that asked already does not ask again by pressing again.
        if (before.Value is null)
        {
            var started = await pickups.StartAsync(token, http.RequestAborted);
            if (started is { Failed: true, Problem.Code: ProblemCode.TooManyRequests })
                return Page.Show<PickupTooOftenPage>(framing.Alone(http), StatusCodes.Status429TooManyRequests);
            if (started.Failed)
                return Gone(framing.Alone(http));
            http.Response.Cookies.Append(BrowserCookie, started.Value, Cookie(http));
        }

        return Page.See(http, http.Request.Path);
    }

    /// <summary>The page as far as the browser has come: the button, the number, or the last button.</summary>
    private static async Task<IResult> WaitAsync(HttpContext http, string token, Pickups pickups, Framing framing, bool tooSoon)
    {
        var frame = framing.Alone(http) with { Path = http.Request.Path };
        var found = await pickups.FindAsync(token, http.Request.Cookies[BrowserCookie], http.RequestAborted);
        if (found.Failed)
            return Gone(frame);
        if (found.Value is not { } pickup)
            return Page.Show<PickupStartPage>(frame, parameters: [("Again", tooSoon)]);
        if (pickup.Status == PickupStatus.Asked)
            http.Response.Headers["Refresh"] = $"{RefreshSeconds}; url={http.Request.Path}";
        return Page.Show<PickupPage>(frame, parameters: [("Pickup", pickup), ("TooSoon", tooSoon)]);
    }

    private static CookieOptions Cookie(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = http.Request.Path,
        MaxAge = SecretLinks.Lifetime,
        IsEssential = true,
    };

    private static IResult Shown(PageFrame frame, Result<(string Label, Secret<string> Value)> taken) => taken.Failed
        ? Gone(frame)
        : Page.Show<SecretShownPage>(frame, parameters: [("Label", taken.Value.Label), ("Value", taken.Value.Value)]);

    private static IResult Gone(PageFrame frame) => Page.Show<SecretGonePage>(frame, StatusCodes.Status404NotFound);
}
