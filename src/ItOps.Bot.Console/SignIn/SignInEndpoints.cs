using ItOps.Bot.Console.Frame;
using ItOps.Bot.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.SignIn;

/// <summary>One of those whom one may choose to be.</summary>
public sealed record PickerEntry(string UserName, string Role);

/// <summary>The door.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", ShowAsync);
        routes.MapPost("/sign-in", EnterAsync);
        routes.MapPost("/sign-out", (Delegate)LeaveAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string? to, IPersonDirectory people, Framing framing) =>
        Page.Show<SignInPage>(framing.Alone(http), parameters: [("Entries", await EntriesAsync(people, http.RequestAborted)), ("To", Within(to))]);

    private static async Task<IResult> EnterAsync(HttpContext http, SignedIn signedIn, IPersonDirectory people, Framing framing)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entries = await EntriesAsync(people, http.RequestAborted);
        var to = Within(form["to"]);
        if (entries.FirstOrDefault(e => e.UserName == form["person"]) is { } chosen && await signedIn.EnterAsync(http, chosen.UserName))
            return Page.See(http, to);
        return Page.Show<SignInPage>(framing.Alone(http), StatusCodes.Status403Forbidden, ("Entries", entries), ("To", to), ("Refused", true));
    }

    internal static async Task<IResult> LeaveAsync(HttpContext http)
    {
        await http.SignOutAsync(SignedIn.Scheme);
        return Page.See(http, "/sign-in");
    }

    private static async Task<IReadOnlyList<PickerEntry>> EntriesAsync(IPersonDirectory people, CancellationToken cancellationToken)
    {
        var entries = new List<PickerEntry>();
        foreach (var person in await people.AllAsync(cancellationToken))
        {
            if (ConsoleIdentity.UserNameOf(person) is { } name)
                entries.Add(new(name, Visitor.Describe(await people.GroupsOfAsync(person.Id, cancellationToken))));
        }

        return entries;
    }

    /// <summary>Only ever an address of our own: after signing in nobody is sent elsewhere.</summary>
    internal static string Within(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) && address != "/sign-in" ? address : "/chat";
}
