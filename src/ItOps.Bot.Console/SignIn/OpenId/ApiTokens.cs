using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>
/// Programs come to <c>/api/</c> with a token of the organisation's provider instead of a cookie. What a token brings needs no proof that a form is one of ours: no
/// browser sends it by itself.
/// </summary>
internal static class ApiTokens
{
    private const string Prefix = "Bearer ";

    public static bool AreSent(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && http.Request.Headers.Authorization is [{ } header]
        && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && http.RequestServices.GetService<ProviderTokens>() is not null;

    /// <summary>Whom the token speaks of; none when it is not taken.</summary>
    /// <exception cref="ProviderUnavailableException">The provider's keys cannot be read.</exception>
    public static async Task<ClaimsPrincipal?> TicketAsync(HttpContext http)
    {
        var text = http.Request.Headers.Authorization.ToString()[Prefix.Length..].Trim();
        var token = await http.RequestServices.GetRequiredService<ProviderTokens>().AccessAsync(text, http.RequestAborted);
        if (token.Failed)
            return null;
        var person = await http.RequestServices.GetRequiredService<SignInFlow>().PersonOfAsync(token.Value, http.RequestAborted);
        return person.Failed ? null : SignedIn.Ticket(person.Value.Id);
    }

    public static IResult Refuse(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return TypedResults.Problem("The token is not one of your organisation's for this API, has run out, or speaks of nobody whom the directory knows.", statusCode: StatusCodes.Status401Unauthorized, title: "Not signed in");
    }
}
