using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Assets;

/// <summary>The console's own files. Each address holds the content's hash, so a browser keeps it for ever and never shows an old one.</summary>
internal static class ConsoleAssets
{
    public const string Route = "/console/assets/{hash}/{name}";

    private static readonly Dictionary<string, Asset> Files = new[]
    {
        Read("app.css", "text/css; charset=utf-8"),
        Read("console.js", "text/javascript; charset=utf-8"),
        Read("icon.svg", "image/svg+xml"),
    }.ToDictionary(a => a.Name);

    public static string Address(string name) => $"/console/assets/{Files[name].Hash}/{name}";

    public static IResult Serve(string hash, string name, HttpContext http)
    {
        if (!Files.TryGetValue(name, out var file) || file.Hash != hash)
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(file.Content, file.ContentType);
    }

    private static Asset Read(string name, string contentType)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        var content = buffer.ToArray();
        return new Asset(name, contentType, content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }

    private sealed record Asset(string Name, string ContentType, byte[] Content, string Hash);
}
