using ItOps.Bot.Executors.Http;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace ItOps.Bot.Executors.Entra.Graph;

/// <summary>What Graph's refusal of a change means. Only what was certainly not done is a problem.</summary>
internal static class GraphRefusals
{
    public static string? CodeOf(ApiException e) => (e as ODataError)?.Error?.Code;

    /// <summary>Somebody else added the member first: Graph has this message for it, and no code of its own.</summary>
    public static bool IsAlreadyThere(ApiException e) =>
        e.ResponseStatusCode == 400 && (e as ODataError)?.Error?.Message?.Contains("added object references already exist", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>None when Graph may have done it all the same: after a 5xx nobody knows.</summary>
    public static Problem? Of(ApiException e, Problem missing) => e.ResponseStatusCode switch
    {
        404 => missing with { Detail = $"{missing.Detail} {Said(e)}" },
        401 => new(ProblemCode.SystemUnavailable, $"Microsoft Graph does not take the bot's token. {Said(e)}"),
        429 => new(ProblemCode.SystemUnavailable, $"Microsoft Graph has too much to do, and said so {PatientHandler.Tries} times or wants to be left alone for long. {Said(e)}"),
        409 or 423 => new(ProblemCode.SystemUnavailable, $"Microsoft Graph was changing the object for somebody else. {Said(e)}"),
        403 => new(ProblemCode.PolicyRefused, $"Microsoft Entra ID does not let the bot do this. {Said(e)}"),
        >= 400 and < 500 and not 408 => new(ProblemCode.PolicyRefused, $"Microsoft Entra ID refuses it. {Said(e)}"),
        _ => null,
    };

    private static string Said(ApiException e) => e is ODataError { Error: { } error }
        ? $"{SaidText.Of(error.Code)}: {SaidText.Of(error.Message)}"
        : $"It answered {e.ResponseStatusCode}.";
}
