using ItOps.Bot.Console.Runbooks;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Api;

/// <summary>Refusals as problem details (RFC 9457), with what is wrong in a text by line.</summary>
internal static class ApiProblem
{
    public static IResult Of(int status, string title, string detail, IReadOnlyList<SourceProblem>? problems = null, string? code = null)
    {
        var more = new Dictionary<string, object?>();
        if (code is not null)
            more["code"] = code;
        if (problems is { Count: > 0 })
            more["problems"] = problems.Select(ApiLine.Of).ToList();
        return TypedResults.Problem(detail, statusCode: status, title: title, extensions: more);
    }

    public static IResult Of(LibraryAnswer refused) => Of(
        LibraryWords.StatusOf(refused.Refusal!.Value), "Nothing was changed", LibraryWords.Of(refused.Refusal.Value), refused.Problems, refused.Refusal.ToString());

    public static IResult NotFound() => Of(StatusCodes.Status404NotFound, "Not found", "There is no such thing, or it is not yours to see.");

    public static IResult Forbidden(string who) => Of(StatusCodes.Status403Forbidden, "Not for you", who);
}
