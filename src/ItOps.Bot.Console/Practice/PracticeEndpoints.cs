using ItOps.Bot.Accounts;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Practice;

/// <summary>Tries a practice account's password, to see that an unlock or a reset really worked. Nobody needs to be signed in to the console for that.</summary>
internal static class PracticeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/sign-in", async (HttpContext http, IPracticeSignIn practice, Framing framing) =>
            await ShowAsync(http, practice, framing, chosen: null, outcome: null));
        routes.MapPost("/sandbox/sign-in", TryAsync);
    }

    /// <summary>An account of the list, as a form sends it.</summary>
    internal static string KeyOf(AccountSnapshot account) => $"{account.Id.System}/{account.Name}";

    private static async Task<IResult> TryAsync(HttpContext http, IPracticeSignIn practice, Framing framing)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var chosen = form["account"].ToString();
        var accounts = await practice.AccountsAsync(http.RequestAborted);
        var outcome = accounts.FirstOrDefault(a => KeyOf(a) == chosen) is { } account
            ? await practice.TryAsync(account.Id.System, account.Name, new Secret<string>(form["password"].ToString()), http.RequestAborted)
            : PracticeSignInOutcome.NoSuchAccount;
        return await ShowAsync(http, practice, framing, chosen, outcome);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, IPracticeSignIn practice, Framing framing, string? chosen, PracticeSignInOutcome? outcome)
    {
        var accounts = await practice.AccountsAsync(http.RequestAborted);
        return Page.Show<PracticePage>(framing.Alone(http), parameters: [("Accounts", accounts), ("Chosen", chosen), ("Outcome", outcome)]);
    }
}
