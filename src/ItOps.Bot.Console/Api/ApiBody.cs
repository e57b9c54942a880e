using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Api;

/// <summary>Reads what a call brings only after it is known who calls, and says what is wrong with it as for everything else.</summary>
internal static class ApiBody
{
    private const int LargestBytes = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8 };

    public static async Task<IResult> WithAsync<T>(HttpContext http, Func<T, Task<IResult>> handle)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
            return ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "Not JSON", "Send the body as application/json.");
        if (http.Request.ContentLength is not <= LargestBytes)
            return ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, "Too large", "Send a body of at most 4 MB, with its length.");
        try
        {
            if (await http.Request.ReadFromJsonAsync<T>(Strict, http.RequestAborted) is { } body)
                return await handle(body);
        }
        catch (JsonException e)
        {
            return ApiProblem.Of(StatusCodes.Status400BadRequest, "The body cannot be read", FormattableString.Invariant($"Line {e.LineNumber + 1} of the body, at {e.Path ?? "$"}, is not what is expected there."));
        }

        return ApiProblem.Of(StatusCodes.Status400BadRequest, "The body cannot be read", "It is null.");
    }
}
