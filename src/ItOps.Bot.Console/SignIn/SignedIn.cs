using System.Security.Claims;
using ItOps.Bot.People;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Turns;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.SignIn;

/// <summary>Who is signed in: the cookie gives a user name, the directory says who that is, on every request anew.</summary>
internal sealed class SignedIn(IIdentityResolver identities, RequestDesk desk, IPersonDirectory people, RunbookOptions runbooks)
{
    public const string Scheme = "console";

    /// <summary>None when nobody is signed in, or the directory does not know exactly one such person any more.</summary>
    public async Task<Visitor?> FindAsync(HttpContext http)
    {
        if (http.User.Identity is not { IsAuthenticated: true, AuthenticationType: Scheme, Name: { } userName })
            return null;
        var resolved = await identities.ResolveAsync(ConsoleIdentity.Of(userName), http.RequestAborted);
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
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, userName)], Scheme);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(identity));
        return true;
    }
}
