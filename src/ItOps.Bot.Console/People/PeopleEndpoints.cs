using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.People;

/// <summary>Who is known by which accounts, since when and on whose word.</summary>
internal static class PeopleEndpoints
{
    public const string Cooling = "cooling";
    public const string Conflicts = "conflicts";

    private const int MostChecked = 200;
    private const int LongestSearch = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/people", ShowAsync).AddEndpointFilter(new GuardsOnly("People"));

    private static async Task<IResult> ShowAsync(
        HttpContext http, string? q, string? only, string? after, PeopleRegister register, BindingConflicts conflicts, Framing framing)
    {
        var frame = await framing.ForAsync(http, SignedInOnly.VisitorOf(http));
        var search = string.IsNullOrWhiteSpace(q) ? null : q.Trim() is { Length: > LongestSearch } longer ? longer[..LongestSearch] : q.Trim();
        if (search is null && only == Conflicts)
        {
            var lines = conflicts.Options.Bindings.Count + conflicts.Options.AccountBindings.Count;
            return Page.Show<ConflictsPage>(
                frame, parameters: [("Found", await FindAsync(conflicts, http.RequestAborted)), ("Lines", lines), ("Checked", Math.Min(lines, MostChecked))]);
        }

        var page = search is not null ? await register.FindAsync(search, http.RequestAborted)
            : only == Cooling ? await register.CoolingAsync(http.RequestAborted)
            : await register.PageAsync(string.IsNullOrEmpty(after) ? null : new(after), http.RequestAborted);
        return Page.Show<PeoplePage>(
            frame, parameters: [("Entries", page.Entries), ("Next", page.Next?.Value), ("Search", search), ("Only", search is null ? only : null), ("IsFirst", string.IsNullOrEmpty(after))]);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(BindingConflicts conflicts, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var binding in conflicts.Options.Bindings.Take(MostChecked))
        {
            if (await conflicts.OfAsync(binding, cancellationToken) is { } problem)
                found.Add(problem);
        }

        foreach (var binding in conflicts.Options.AccountBindings.Take(Math.Max(0, MostChecked - conflicts.Options.Bindings.Count)))
        {
            if (await conflicts.OfAsync(binding, cancellationToken) is { } problem)
                found.Add(problem);
        }

        return found;
    }
}
