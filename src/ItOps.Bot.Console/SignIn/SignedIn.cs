using System.Security.Claims;
using ItOps.Bot.People;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Turns;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.SignIn;

/// <summary>Who is signed in: the cookie gives a user name or a person's id, the directory says who that is, on every request anew.</summary>
internal sealed class SignedIn(IIdentityResolver identities, IPersonDirectory people, RequestDesk desk, ConsoleOptions options, RunbookOptions runbooks)
{
    public const string Scheme = "console";

    // A cookie of the practice sign-in is nobody's once the organisation's own has taken its place.
    private const string Via = "via";
    private const string SingleSignOn = "sso";

    /// <summary>None when nobody is signed in, or the directory does not know exactly one such person any more.</summary>
    public async Task<Visitor?> FindAsync(HttpContext http)
    {
        if (http.User.Identity is not ClaimsIdentity { IsAuthenticated: true, AuthenticationType: Scheme, Name: { } userName } ticket
            || ticket.HasClaim(Via, SingleSignOn) != (options.OpenId is not null))
        {
            return null;
        }

        var identity = options.OpenId is null ? ConsoleIdentity.Of(userName) : ChannelIdentity.SignedIn(new(userName));
        var resolved = await identities.ResolveAsync(identity, http.RequestAborted);
        if (resolved.Failed)
            return null;
        var person = resolved.Value;
        var groups = await people.GroupsOfAsync(person.Id, http.RequestAborted);
        return new(person, userName, groups, await desk.SeesAllAsync(person, http.RequestAborted))
        {
            Guards = await desk.GuardsAsync(person, http.RequestAborted),
            WritesRunbooks = groups.Contains(runbooks.AuthorGroup),
        };
    }

    /// <summary>Signs in whoever the directory binds to this name; <c>false</c> when that is nobody or not clear.</summary>
    public async Task<bool> EnterAsync(HttpContext http, string userName)
    {
        if ((await identities.ResolveAsync(ConsoleIdentity.Of(userName), http.RequestAborted)).Failed)
            return false;
        await http.SignInAsync(Scheme, new(new ClaimsIdentity([new Claim(ClaimTypes.Name, userName)], Scheme)));
        return true;
    }

    /// <summary>Signs in whoever the organisation's own sign-in vouched for.</summary>
    public static Task EnterAsync(HttpContext http, PersonId person) => http.SignInAsync(Scheme, Ticket(person));

    public static ClaimsPrincipal Ticket(PersonId person) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, person.Value), new Claim(Via, SingleSignOn)], Scheme));
}
