using ItOps.Bot.Accounts;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Practice;

/// <summary>
/// Tries a practice account's password, to see that an unlock or a reset really worked. Nobody needs to be signed in to the console for that.
/// </summary>
internal static class PracticeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/sign-in", (HttpContext http, PracticeScreen screen) => screen.ShowAsync(http, chosen: null, outcome: null));
        routes.MapPost("/sandbox/sign-in", TryAsync);
    }

    /// <summary>An account of the list, as a form sends it.</summary>
    internal static string KeyOf(AccountSnapshot account) => $"{account.Id.System}/{account.Name}";

    private static async Task<IResult> TryAsync(HttpContext http, IPracticeSignIn practice, PracticeScreen screen)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var chosen = form["account"].ToString();
        var (system, name) = chosen.Split('/', 2) is [var first, var second] ? (first, second) : ("", chosen);
        var outcome = await practice.TryAsync(system, name, new Secret<string>(form["password"].ToString()), http.RequestAborted);
        return await screen.ShowAsync(http, chosen, outcome);
    }
}

internal sealed class PracticeScreen(IPersonDirectory people, AccountDirectories directories, Framing framing)
{
    public async Task<IResult> ShowAsync(HttpContext http, string? chosen, PracticeOutcome? outcome)
    {
        var accounts = new List<AccountSnapshot>();
        foreach (var person in await people.AllAsync(http.RequestAborted))
            accounts.AddRange((await directories.AccountsOfAsync(person.Id, http.RequestAborted)).Found);
        return Page.Show<PracticePage>(framing.Alone(http), parameters: [("Accounts", accounts), ("Chosen", chosen), ("Outcome", outcome)]);
    }
}
