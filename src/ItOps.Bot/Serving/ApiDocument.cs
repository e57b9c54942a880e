namespace ItOps.Bot.Host.Serving;

/// <summary>The description of the management API for other programs, at <c>/openapi/v1.json</c>. It tells shapes, never data, so that anybody may read it.</summary>
internal static class ApiDocument
{
    private const string Version = "v1";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Version, document =>
    {
        document.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/" + Version, StringComparison.Ordinal) == true;
        document.AddDocumentTransformer((described, _, _) =>
        {
            described.Info = new()
            {
                Title = "ItOps.Bot",
                Version = Version,
                Description = "Runbooks and requests. Whoever calls is signed in as in the console; what changes something carries the token of GET /api/v1/session in the header that it names. "
                    + "Refusals are problem details (RFC 9457), with the lines of a text that are wrong under 'problems'.",
            };
            described.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json");
}
